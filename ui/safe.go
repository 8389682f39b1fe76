package ui

import (
	"reflect"
	"strings"
	"unicode"

	"zgoda/mail"
)

// clean makes every text in v fit for a frame. Mail is made safe where it is
// parsed; this is the second border, for what came another way (an import, a
// configuration, an older database), so that no text can ever forge a badge.
// It runs in the command that loaded v.
func clean[T any](v T) T {
	cleanValue(reflect.ValueOf(&v).Elem())
	return v
}

// opaque are texts that are compared and never drawn.
var opaque = reflect.TypeFor[mail.MessageID]()

func cleanValue(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if v.CanSet() && v.Type() != opaque && strings.ContainsFunc(v.String(), unsafeRune) {
			v.SetString(cleanText(v.String()))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				cleanValue(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			cleanValue(v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			cleanValue(v.Elem())
		}
	}
}

func cleanText(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t', r == '\u00a0', r == '\u2028', r == '\u2029':
			return ' '
		case unsafeRune(r):
			return -1
		}
		return r
	}, s)
}

// unsafeRune reports whether r can do something to a terminal but be seen: a
// control, a control of writing direction (UAX 9), an invisible tag.
func unsafeRune(r rune) bool {
	switch {
	case r == '\n':
		return false
	case unicode.IsControl(r), r == 0x061c, r == 0x200e, r == 0x200f, r == 0xa0, r == 0x2028, r == 0x2029, r == 0xfeff:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r >= 0xe0000 && r <= 0xe007f:
		return true
	}
	return r == unicode.ReplacementChar
}
