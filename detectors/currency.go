package detectors

// currency says whether a sum of money ends at q: руб, р., ₽, USD and the like stand behind.
func currency(a []byte, q uint32) bool {
	for q < uint32(len(a)) && (a[q] == ' ' || a[q] == 0xC2 && a[q+1] == 0xA0) {
		if a[q] != ' ' {
			q++
		}
		q++
	}
	rest := a[q:min(q+8, uint32(len(a)))]
	for _, w := range [...]string{"руб", "Руб", "РУБ", "р.", "коп", "тыс", "млн", "₽", "$", "€", "USD", "EUR", "RUB", "RUR", "шт"} {
		if len(rest) >= len(w) && string(rest[:len(w)]) == w {
			return true
		}
	}
	return false
}
