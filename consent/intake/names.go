package intake

import "zgoda/consent"

// The parts of a name that files keep apart; they become one name.
const (
	firstName = "first name"
	lastName  = "last name"
)

// What a file says of consent, in the columns that say it.
const (
	claimYes      = "consent"
	claimWhen     = "consent date"
	claimWording  = "consent wording"
	claimMethod   = "consent method"
	claimEvidence = "consent evidence"
	claimNo       = "opt-out"
	claimStatus   = "status" // heard only when it closes
)

// Headers that hold one of these speak of consent, whatever else they say: a no
// must not be lost for the spelling of its column.
var (
	saysNo  = []string{"opt out", "optout", "opted out", "unsubscri", "do not", "wypisan", "sprzeciw", "abgemeldet", "widerspr", "sperr"}
	saysYes = []string{"consent", "opt in", "optin", "opted in", "zgod", "einwillig", "subscri"}
)

// headers are the names that a column may bear, folded by [fold]: what it fills.
var headers = map[string][]string{
	consent.FieldAddress: {"email", "e mail", "mail", "email address", "e mail address", "mail address", "adres email", "adres e mail", "adres mail",
		"adres poczty", "adres poczty elektronicznej", "poczta", "e mail adresse", "email adresse", "mailadresse", "mail adresse", "work email", "business email"},
	consent.FieldName: {"name", "full name", "fullname", "contact", "contact name", "contact person", "imie i nazwisko", "nazwisko i imie", "osoba", "osoba kontaktowa",
		"kontakt", "ansprechpartner", "ansprechpartnerin", "vollstandiger name", "kontaktperson"},
	firstName: {"first name", "firstname", "given name", "forename", "imie", "vorname"},
	lastName:  {"last name", "lastname", "surname", "family name", "nazwisko", "nachname", "familienname"},
	consent.FieldCompany: {"company", "company name", "firm", "organisation", "organization", "account", "employer", "firma", "nazwa firmy", "organizacja",
		"przedsiebiorstwo", "pracodawca", "unternehmen", "firmenname", "arbeitgeber"},
	consent.FieldRole: {"role", "job", "job title", "jobtitle", "title", "position", "function", "stanowisko", "funkcja", "rola", "pozycja", "rolle", "funktion", "stelle",
		"berufsbezeichnung"},
	consent.FieldLanguage:     {"language", "lang", "jezyk", "sprache"},
	consent.FieldCountry:      {"country", "country code", "kraj", "panstwo", "kod kraju", "land", "landercode"},
	consent.FieldSole:         {"sole", "sole trader", "jdg", "jednoosobowa dzialalnosc", "dzialalnosc jednoosobowa", "einzelunternehmer", "einzelunternehmen"},
	consent.FieldSource:       {"source", "lead source", "data source", "source of data", "zrodlo", "zrodlo danych", "skad dane", "quelle", "datenquelle", "herkunft"},
	consent.FieldSourceKind:   {"source kind", "kind of source", "source type", "rodzaj zrodla", "typ zrodla", "art der quelle"},
	consent.FieldSourcePublic: {"source public", "public", "is public", "publiczne", "zrodlo publiczne", "offentlich", "quelle offentlich"},
	consent.FieldObtainedAt: {"obtained", "obtained at", "obtained on", "date obtained", "collected at", "data pozyskania", "pozyskano", "data zebrania",
		"erhalten am", "erhoben am", "erhebungsdatum"},
	consent.FieldReason: {"reason", "why", "powod", "powod kontaktu", "dlaczego", "grund", "anlass"},
	consent.FieldNote:   {"note", "notes", "comment", "comments", "notatka", "notatki", "uwagi", "komentarz", "notiz", "notizen", "bemerkung", "bemerkungen", "kommentar"},

	claimYes: {"consent", "opt in", "optin", "opted in", "permission", "gdpr", "gdpr consent", "marketing consent", "newsletter", "subscribed", "subscriber", "agreed",
		"zgoda", "zgody", "zgoda marketingowa", "zgoda na marketing", "rodo", "zapisany", "einwilligung", "zustimmung", "dsgvo", "newsletter abonniert", "werbeeinwilligung"},
	claimWhen:     {"consent date", "consent at", "consented at", "opt in date", "opt in time", "data zgody", "einwilligung am", "einwilligungsdatum", "datum der einwilligung"},
	claimWording:  {"consent wording", "consent text", "consent statement", "tresc zgody", "einwilligungstext", "wortlaut der einwilligung"},
	claimMethod:   {"consent method", "consent channel", "sposob zgody", "sposob wyrazenia zgody", "art der einwilligung"},
	claimEvidence: {"consent evidence", "consent proof", "consent source", "dowod zgody", "zrodlo zgody", "nachweis der einwilligung", "einwilligungsnachweis"},
	claimStatus:   {"status", "email status", "e mail status", "contact status", "lead status", "subscription status", "stan", "stan kontaktu"},
	claimNo: {"opt out", "optout", "opted out", "unsubscribed", "unsubscribe", "do not contact", "do not email", "do not mail", "dnc", "objected", "objection", "suppressed",
		"blacklist", "wypisany", "wypisana", "rezygnacja", "sprzeciw", "nie kontaktowac", "zakaz kontaktu", "abgemeldet", "widerspruch", "werbesperre", "kontaktsperre", "gesperrt"},
}

// unwanted are columns that no lead has, by the words that their names hold: why.
// A star stands for any end of the word.
var unwanted = []struct{ words, why string }{
	{"urodz* urodzin birth* dob geburt* wiek age alter imieniny bday", "a birthday or an age is not needed to sell (S33)"},
	{"phone telephone telefon* tel mobile mobil komork* handy gsm whatsapp fax sms cell", "zgoda writes mail and keeps no phone numbers, private ones least of all (S32)"},
	{"photo* picture avatar image zdjec* foto* bild portrait", "a picture of a person is not needed to sell (S32)"},
	{"religi* wyznani* konfession* health zdrow* gesund* disab* niepelnospr* union zwiazek gewerkschaft* party partia partei political ethnic* race narodowosc biometric* orientation",
		"it tells of a special category, which nobody may keep without the person's word (GDPR Art. 9; L9)"},
	{"pesel ssn passport paszport dowod ausweis personalausweis nip steuernummer iban", "an identity or bank number is not needed to write to somebody (S32)"},
	{"gender sex plec geschlecht marital stan cywilny familienstand children dzieci kinder hobby hobbies", "it is about the person and not about their work (S31)"},
	{"adres address street ulica strasse anschrift zip postcode plz city miasto stadt ort wohnort kod wojewodztwo", "zgoda writes mail and needs no postal address (S31)"},
	{"ip opens opened open clicks clicked click lastopen visits device score tracking otwarcia klikniecia geoffnet", "nobody may bring in what a person was watched doing (S3, S16)"},
	{"linkedin facebook twitter instagram xing", "a profile is a source: write it in the source column (S78)"},
}

// unknownColumn is said of a column that nothing else is known of.
const unknownColumn = "no field of a lead has a purpose for it, and zgoda keeps nothing without one (S30, S31)"

// countries are the names of countries that files write out, folded.
var countries = map[string]string{
	"poland": "PL", "polska": "PL", "polen": "PL", "germany": "DE", "niemcy": "DE", "deutschland": "DE", "austria": "AT", "osterreich": "AT",
	"switzerland": "CH", "szwajcaria": "CH", "schweiz": "CH", "united kingdom": "GB", "great britain": "GB", "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
	"wielka brytania": "GB", "anglia": "GB", "grossbritannien": "GB", "vereinigtes konigreich": "GB", "ireland": "IE", "irlandia": "IE", "irland": "IE",
	"france": "FR", "francja": "FR", "frankreich": "FR", "spain": "ES", "hiszpania": "ES", "spanien": "ES", "italy": "IT", "wlochy": "IT", "italien": "IT",
	"netherlands": "NL", "the netherlands": "NL", "holandia": "NL", "niderlandy": "NL", "niederlande": "NL", "belgium": "BE", "belgia": "BE", "belgien": "BE",
	"czechia": "CZ", "czech republic": "CZ", "czechy": "CZ", "tschechien": "CZ", "slovakia": "SK", "slowacja": "SK", "slowakei": "SK", "sweden": "SE", "szwecja": "SE",
	"schweden": "SE", "denmark": "DK", "dania": "DK", "danemark": "DK", "norway": "NO", "norwegia": "NO", "norwegen": "NO", "finland": "FI", "finlandia": "FI", "finnland": "FI",
	"portugal": "PT", "portugalia": "PT", "hungary": "HU", "wegry": "HU", "ungarn": "HU", "romania": "RO", "rumunia": "RO", "rumanien": "RO", "lithuania": "LT", "litwa": "LT",
	"litauen": "LT", "latvia": "LV", "lotwa": "LV", "lettland": "LV", "estonia": "EE", "estland": "EE", "ukraine": "UA", "ukraina": "UA", "usa": "US",
	"united states": "US", "stany zjednoczone": "US", "vereinigte staaten": "US",
}

// languages are the names of the languages that templates speak, folded.
var languages = map[string]string{
	"pl": "pl", "polish": "pl", "polski": "pl", "polnisch": "pl", "en": "en", "english": "en", "angielski": "en", "englisch": "en",
	"de": "de", "german": "de", "niemiecki": "de", "deutsch": "de",
}

// kinds are other names of the kinds of source, folded.
var kinds = map[string]consent.SourceKind{
	"research": consent.SourceResearch, "website": consent.SourceResearch, "strona": consent.SourceResearch, "webseite": consent.SourceResearch,
	"fair": consent.SourceEvent, "targi": consent.SourceEvent, "messe": consent.SourceEvent, "conference": consent.SourceEvent, "konferencja": consent.SourceEvent,
	"polecenie": consent.SourceReferral, "empfehlung": consent.SourceReferral, "rejestr": consent.SourceRegister, "krs": consent.SourceRegister, "ceidg": consent.SourceRegister,
	"linkedin": consent.SourceSocial, "xing": consent.SourceSocial, "bought": consent.SourceBought, "kupiona": consent.SourceBought, "gekauft": consent.SourceBought,
}
