package intent

// No list knows every wording. A sentence that wishes something, ends or denies
// something, and speaks of writing or of an address, may be a stop in words that
// stop.go lacks: it is doubtful, so a person reads it before anything is sent.

// wish is how a demand sounds.
var wish = either(
	`(please|pls|plz|kindly)\b`, `(i|we)('d| would| do)? ?(want|wish|ask|demand|request|expect|insist|like|prefer)\b`, `(you|nobody|no one) (may|must|should|can|need|have)( \w+)? ?(not|no|to)\b`, `(ensure|make sure|see to it)\b`, `told you\b`, `^(and |so |but |now |no |never |not |don'?t |enough|end |get |take |forget |quit )`, `(consider this|have the decency)\b`, `(have|has) no (permission|right|consent|business)\b`, `(last|third|second|final) (time|warning)\b`, `is not for\b`,
	`(prosz\w*|prosimy|uprzejm\w*|zadam|zadamy|wnosz\w+|oczekuj\w*|blagam|chce|chcemy|chcial\w+|zycz\w+|wzywam|zabraniam|mam dosc|dosc|wypad|domaga\w+|ma(ja)? (zniknac|byc usuni\w+))\b`, `nie \w+(cie|jcie|aj|uj|ij)\b`, `(\w+cie) (mnie|nas)\b`, `^(nie |nic |zadn\w+ |koniec|przestan\w*)`,
	`(bitte|bitten|ersuch\w+|forder\w+|verlang\w+|mochten?|will|wollen|wunsch\w*|verbiet\w+|untersag\w+)\b`, `(melden|schreiben|kontaktieren|senden|schicken|rufen|lassen|nehmen|horen|unterlassen|tragen|loschen|streichen|sehen|verschonen|sparen|setzen|horen) sie\b`, `(zugestimmt|eingewilligt)\b`, `sind( \w+){0,4} zu (loschen|entfernen)`, `^(nie wieder|nicht mehr|keine|schluss|genug)`,
)

// ending is how something is denied or ended.
var ending = either(
	`(no|not|never|nothing|none|cannot|stop|cease|refrain|desist|quit|end|enough|avoid|without|forget|unsubscribe)\b`, `(\w+n't|(do|wo|ca|is|does|did|could|should|would|must|are|have)nt|cant|dont|wont)\b`, `(get rid of|left alone|leave alone|sperrliste|blacklist|block list)\b`, `(remove|delete|erase|strike|drop|wipe|clear|purge|take|get|withdraw|cross|scratch)( \w+){0,3} (me|us|my|our|off|out|from|this|it|that)\b`,
	`(nie|nic|zadn\w+|bez|dosc|koniec|zakaz\w*)\b`, `(przesta\w+|zaprzesta\w+|zaniecha\w+|wstrzyma\w+|zakoncz\w+|usun\w*|wykresl\w*|wypis\w*|skasow\w+|skasuj\w*|wykasow\w*|niewysyl\w+|nieprzysyl\w+|nieprzesyl\w+|niekontakt\w+|niepisani\w+|w spokoju|spokoj|zapomni\w+|rezygn\w+|wypad|znikn\w+|skoncz\w+)\b`,
	`(nicht|nie|nichts|kein\w*|schluss|genug|ohne)\b`, `(unterlass\w*|einstell\w*|abzusehen|absehen|verzicht\w*|aufhor\w*|losch\w*|entfern\w*|streich\w*|ausgetragen|austrag\w*|abgemeldet|abmeld\w*|sperr\w*|verschon\w*|spar(en|t) (sie|euch)( sich)?)\b`, `(sehen|horen|melden|tragen|nehmen) sie( \w+){0,7} (ab|auf|aus|raus|heraus)\b`,
)

// contact is writing, what is written, and where it is written to.
var contact = either(
	`(contact\w*|e-?mail\w*|mail\w*|writ\w+|messag\w+|communicat\w+|correspond\w+|follow[ -]?ups?|follow(ing)? up|hear\w*|newsletters?|marketing|advert\w*|spam\w*|lists?|database|records?|inbox|address|bother\w*|approach\w*|solicit\w*|books|details|data|left alone)\b`, `(it|this|that|again)[.!]*$`,
	`(kontakt\w*|skontakt\w*|mail\w*|e-?mail\w*|mejl\w*|wiadomosc\w*|pisa\w+|pisz\w*|wysyl\w+|przysyl\w+|przesyl\w+|slij\w*|niewysyl\w+|nieprzysyl\w+|niekontakt\w+|niepisani\w+|korespond\w+|reklam\w*|newsletter\w*|adres\w*|baz(y|ie|a|e)\b|list(y|e|a)\b|skrzynk\w*|nekani\w*|odzyw\w*|przestancie|w spokoju|odpisyw\w+|dane\b|danych|glow(y|e))`, `(zadn\w+|tych|takich|waszych|kolejn\w+|dalsz\w+) ofert`,
	`(kontakt\w*|mails?\b|e-?mails?\b|schreib\w*|nachricht\w*|werb\w+|angebote?\b|melden\b|meldet\b|zusend\w*|zuzusend\w*|verteiler\w*|mailingliste|adress\w*|horen\b|datenbank\w*|newsletter\w*|postfach|ansprech\w*|angeschrieben|anschreib\w*|schicken|senden|daten|kontaktdaten|sperrliste)\b`,
)

// business is what the same words mean in trade: a mail that is not found, a
// reader who is asked not to worry, a third thing that is not to be written.
var business = either(
	`(items?|lines?|position\w*|posten|zeile|pozycj\w*|punkt\w*|wiersz\w*)\b`, `(hesitate|forget to|worry|mind|problem|until|before|yet|received?|receiving your|got|get (the|your|a)|arrive\w*|find|found|see|open|attach\w*|reply|answer|question|if|unless|know|sure (if|whether)|think|could not|couldn'?t|did not|didn'?t|was not|wasn'?t|were not|is not (in|on|the|at|here|ready|available|working)|has not|hasn'?t|have not|haven'?t|(do|does) not read|cannot (see|open|find|read|reach)|too late|no later|the (server|installer|supplier))\b`,
	`nie (bedzie|ma) mnie w\b`, `(towar\w*|paczk\w*)\b`, `(martwi\w+|zapomn\w*|zapomina\w*|krepowa\w+|waha\w*|obawia\w*|problem\w*|przed|dopoki|jeszcze|dosta\w+|dotar\w+|doszl\w+|otrzyma\w+|znalaz\w+|znalez\w+|widze|wid(zial|ac)\w*|otworz\w*|zalacz\w*|odpowied\w*|odpis\w+|pytani\w*|jesli|jezeli|czy|wiem|moge|mozemy|mogl\w+|byl\w*|faktur\w*|jest|mamy|mam (czasu|teraz|jeszcze))\b`,
	`(ware|bestellung|muster)\b`, `(zogern|vergessen|sorge\w*|problem\w*|vor|bevor|bis|noch|bekommen|erhalten|angekommen|gefunden|finden|sehen (konnen|kann)|offnen|anhang\w*|antwort\w*|frage\w*|wenn|falls|ob|weiss|kann|konnen|konnte\w*|war|waren|hat|haben|wurde\w*|ist|sind)\b`, `melden sie sich (\w+ )?(am|bei fragen|gern|jederzeit|morgen|heute|nachste|ubermorgen|im)\b`, `habe (ich )?(\w+ ){0,3}(nicht|noch|keine) `, `(preisliste|liste der)`, `am (montag|dienstag|mittwoch|donnerstag|freitag)\b`,
)

// composed reports whether a sentence may be a stop by its parts alone.
func composed(s string) bool {
	return ending.MatchString(s) && contact.MatchString(s) && wish.MatchString(s) && !business.MatchString(s)
}
