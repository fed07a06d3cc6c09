package detectors

import "bytes"

// VK is a page of a person in the social network VKontakte: vk.com/id…, vk.com/name, a mention [id…|…], and a number
// or a name behind the network's. Walls, groups and applications are nobody's page.
var VK = declare(Detector{
	Kind:   "vk",
	Class:  Direct,
	Doc:    Doc{RU: "страница ВКонтакте", EN: "VKontakte page"},
	Prefix: "вк",
	Cues:   []string{"vk", "vkontakte", "vkid", "вк", "вконтакте"},
	Names: []string{"вк", "вконтакте", "ссылка_вк", "страница_вк", "вк_ид", "id_вк", "vk", "vk_id", "vkid", "vk_user_id", "vk_page", "vk_profile",
		"vk_account", "vk_name", "vk_username", "vk_login", "vkontakte", "vkontakte_id", "vk_url", "vk_link", "vk_uri"},
	Digits: 1<<6 | 1<<7 | 1<<8 | 1<<9 | 1<<10,
	Find:   findVK,
	Reach:  256,
	Fits: func(value []byte) bool {
		padded := append(append([]byte{0}, value...), 0, 0, 0)
		if p := bytes.Index(padded, []byte("vk.")); p >= 0 {
			h, ok := vkLink(padded, p, p+2)
			return ok && h.start == 1 && h.end == len(value)+1
		}
		name := bytes.TrimPrefix(value, []byte("@"))
		d := bytes.TrimPrefix(name, []byte("id"))
		if allDigits(d) {
			return len(d) <= 10 && d[0] != '0'
		}
		return len(name) >= minHandle && len(name) <= maxHandle && name[0]|0x20-'a' < 26 && pageEnd(padded, 1+len(value)-len(name)) == len(value)+1 &&
			!plainWord(name)
	},
	Normal: func(dst, value []byte) []byte {
		return lowered(dst, value[bytes.LastIndexAny(value, "/@")+1:])
	},
	Good: []string{
		"https://vk.com/id104857601",
		"страница vk.com/kotofey.77, пишите",
		"[id104857603|Котофей], привет",
		"вк: id104857605",
		"мой вк kotofey_77",
		"ВК @kotofey_77",
		"vk_id=104857607",
	},
	Bad: []string{
		"https://vk.com/wall-1234567_89",
		"vk.com/club104857601",
		"vk.com/public104857601",
		"vk.com/app104857601",
		"vk.com/video-1_2",
		"заказ id104857601",
		"vk.cc/abcdef",
		"VK Музыка и VK Видео",
	},
})

func findVK(dst []Finding, t *Text) []Finding {
	a := t.Arena
	for _, c := range t.Cues(t.current) {
		if f, ok := vkCue(t, int(c.Start), int(c.End)); ok {
			dst = append(dst, f)
		}
	}
	for count := 6; count <= 10; count++ {
		for i := range t.Nums[count] {
			n := &t.Nums[count][i]
			p := int(n.Start)
			if n.Flags&Glued == 0 || n.Groups > 1 || a[p-1] != 'd' || p < 3 || a[p-2] != 'i' || inName(a[p-3]) {
				continue
			}
			switch {
			case a[p-3] == '[' && a[n.End] == '|':
				dst = append(dst, t.findingOf(p-2, int(n.End), 91, Format))
			case a[p-3] != '/' && networkOf(a, p-2, int(n.End)) == inVK:
				dst = append(dst, t.findingOf(p-2, int(n.End), 87, Keyword))
			}
		}
	}
	for _, p := range t.Marks {
		if h, ok := handleAt(a, int(p)); ok && networkOf(a, h.start, h.end) == inVK {
			dst = append(dst, t.findingOf(h.start, h.end, 87, Format|Keyword))
		}
	}
	return dst
}

// vkCue reads what the network's name stands at: a link, a key, or a name without @.
func vkCue(t *Text, start, end int) (f Finding, ok bool) {
	a := t.Arena
	if a[end] == '.' {
		h, ok := vkLink(a, start, end)
		if !ok {
			return f, false
		}
		return t.findingOf(h.start, h.end, 91, Format), true
	}
	i, id := end, a[end-1]|0x20 == 'd' // vkId
	if !id {
		i, id = accountKey(a, end)
	}
	v, ok := valueAfter(a, i)
	if !ok || v.key {
		return f, false
	}
	d := a[v.start:v.end]
	if number := bytes.TrimPrefix(d, []byte("id")); allDigits(number) {
		if len(number) > 10 || len(number) < 4 || number[0] == '0' || !id && len(number) == len(d) {
			return f, false
		}
		return t.findingOf(v.start, v.end, 87, Keyword), true
	}
	return nameAfter(t, v, 87, 82)
}

// vkLink reads vk.com/name around the network's name at start to end.
func vkLink(a []byte, start, end int) (h handle, ok bool) {
	if start > 0 && (inName(a[start-1]) || a[start-1] == '-' || a[start-1] == '@') {
		return h, false
	}
	i := end
	for _, zone := range [...]string{".com/", ".ru/", ".me/"} {
		if foldAt(a, i, zone) {
			i += len(zone)
			break
		}
	}
	if i == end {
		return h, false
	}
	host := start
	if host > 2 && foldAt(a, host-2, "m.") {
		host -= 2
	}
	h.start, h.name = linkStart(a, host), i
	if h.start == start && a[start-1] == '.' {
		return h, false // api.vk.com
	}
	h.end = pageEnd(a, i)
	name := a[h.name:h.end]
	if len(name) < 3 || len(name) > maxHandle || name[0]|0x20-'a' >= 26 {
		return h, false
	}
	switch a[h.end] {
	case '/', '-', '%', '@':
		return h, false
	}
	letters := 0
	for letters < len(name) && name[letters]|0x20-'a' < 26 {
		letters++
	}
	var buf [32]byte
	word := string(lowered(buf[:0], name[:letters]))
	if letters < len(name) {
		switch word { // number pages
		case "wall", "club", "public", "event", "app", "album", "albums", "photo", "photos", "video", "videos", "audio", "audios", "topic", "doc", "board",
			"page", "pages", "market", "product", "clip", "clips", "story", "poll", "podcast", "music", "playlist", "article", "away", "share", "widget",
			"images", "call":
			return h, lookOf(name[letters:]).letters() > 0
		}
		return h, true
	}
	switch word {
	case "feed", "im", "docs", "market", "search", "groups", "apps", "app", "login", "settings", "friends", "dev", "away", "share", "video", "videos", "audio",
		"audios", "music", "clips", "wall", "public", "club", "club_", "join", "about", "terms", "privacy", "support", "help", "jobs", "bugs", "edit",
		"restore", "services", "games", "stickers", "gifts", "podcasts", "narratives", "mail", "albums", "fave", "widgets", "page", "pages", "vkpay",
		"ads", "business", "blog", "press", "products", "data", "api":
		return h, false
	}
	return h, true
}

// pageEnd is the end of the name of a page that begins at i; dots may stand inside.
func pageEnd(a []byte, i int) int {
	for inName(a[i]) || a[i] == '.' && inName(a[i+1]) {
		i++
	}
	return i
}
