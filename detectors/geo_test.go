package detectors

import "testing"

func TestGeo(t *testing.T) {
	checkMarked(t, "geo", `
		координаты ⟦55.7512, 37.6184⟧
		геопозиция ⟦55.7512 37.6184⟧
		Широта: ⟦55.751244\nДолгота: 37.618423⟧
		{"lat":⟦55.751,"lon":37.618⟧}
		{\n  "latitude": ⟦55.7512345,\n  "longitude": 37.6184321⟧\n}
		{"location":{"type":"Point","coordinates":[⟦37.6184, 55.7512⟧]}}
		https://yandex.ru/maps/213/moscow/?ll=⟦37.618423%2C55.751244⟧&z=12
		https://yandex.ru/maps/?pt=⟦37.618423,55.751244⟧&z=15
		https://www.google.com/maps/search/?api=1&query=⟦55.7512,37.6184⟧
		https://www.google.com/maps/@⟦55.7512,37.6184⟧,15z
		https://2gis.ru/moscow/geo/⟦37.618423,55.751244⟧
		geo:⟦55.751,37.618⟧;u=35
		lat=⟦-33.8688&lon=151.2093⟧
		⟦55.7512° N, 37.6184⟧° E
		координаты: ⟦55°45′21″ с. ш. 37°37′04″ в. д.⟧
		GPS: ⟦55°45'21.5"N 37°37'04.1"E⟧
		геометка ⟦55,7512; 37,6184⟧
		Я сейчас тут ⟦43.589767, 39.721900⟧, подходите
		Я тут: ⟦55.7512, 37.6184⟧ координаты скинул
		55.7512, 37.6184
		x=12.3456 y=78.9012
		1.2.3456, 2.3.4567
		vec3(0.1234, 0.5678, 0.9012)
		weights: [0.12345, -0.23456, 0.34567]
		координаты 191.7512, 237.6184
		lat: 55.751244
		Location: /ru/page/12.3456,78.9012
		координаты для связи: +7 916 123-45-67
		долгота дня 15.2345 часа
		сумма 1234.5678, 2345.6789
		"geometry":{"type":"Point","coordinates":[37.6184,55.7512]}
		"coordinates":[[37.6184,55.7512],[37.6190,55.7520]]`)
}

func TestFitsGeo(t *testing.T) {
	for value, want := range map[string]bool{
		"55.7512":                     true,
		"-168.975":                    true,
		"55.7512, 37.6184":            true,
		"POINT(37.6184 55.7512)":      true,
		"55°45′21″N 37°37′04″E":       true,
		"55.75":                       false,
		"55":                          false,
		"191.7512":                    false,
		"Москва":                      false,
		"55.7512 и ещё что-то":        false,
		"2024-05-12":                  false,
		"1.2.3456":                    false,
		"0x1234":                      false,
		"":                            false,
		"100.5000 руб. и 200.5000 р.": false,
	} {
		if Geo.Fits([]byte(value)) != want {
			t.Errorf("%q: not %v", value, want)
		}
	}
}
