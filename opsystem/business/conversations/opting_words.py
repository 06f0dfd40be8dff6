"""The words by which people stop messages, start them again, or ask for help.

Written as `opting.plain` leaves them: small letters, no accents. English words after Twilio's
defaults and the CTIA's list; the other languages after what carriers there honour.
"""

from __future__ import annotations

_ENGLISH = """
stop|stopall|stop all|unsubscribe|end|quit|cancel|revoke|optout|opt out|opt-out|remove|remove me|unsub
unsuscribe|unsubcribe|unsubscribe me|stop please|please stop|pls stop|stop it|stop now|stop texting
stop texts|stop messages|stop sms|no more|cancel texts|cancel all|end texts|quit texting|leave me alone
stop stop|stop stop stop|stopp|stop thanks|stop thank you|stop this|ok stop|spam|no more texts|no texts
do not text|do not contact|dont text|don't text|wrong number stop|fuck off|go away|end all
"""
_SPANISH = """
alto|parar|pare|para ya|detener|detente|cancelar|baja|darme de baja|dar de baja|no mas|no mas mensajes
basta|eliminar|salir|fin|desuscribir|cancelar suscripcion|quitar|terminar|ya no mas|no mas textos
"""
_FRENCH = (
    "arret|arreter|arretez|desabonner|desabonnement|desinscrire|desinscription|annuler|plus de sms|resilier"
)
_GERMAN = "halt|abmelden|abbestellen|austragen|kundigen|beenden|keine sms|keine nachrichten|aufhoren|schluss"
_PORTUGUESE = "sair|descadastrar|remover|chega|nao quero|cancelar inscricao|sem mensagens|pare ja"
_ITALIAN = "ferma|fermare|annulla|cancella|cancellami|disiscrivi|disiscrivimi|rimuovi|smettila"
_VIETNAMESE = "dung|dung lai|huy|huy đang ky|ngung|ngung nhan|tu choi|khong nhan|đung nhan|đung gui"
_CHINESE = "停止|取消|退订|退訂|停|拒收|td|取消订阅|取消訂閱|别发了|不要再发|不要再發"

_START = """
start|unstop|yes|resume|continue|opt in|optin|opt-in|subscribe|resubscribe|start texts|text me again
comenzar|empezar|iniciar|reanudar|alta|reprendre|recommencer|anfangen|anmelden|retomar|riprendi|bat đau|开始
開始
"""
_HELP = "help|info|ayuda|aide|hilfe|ajuda|aiuto|tro giup|帮助|幫助"


def _words(*texts: str) -> frozenset[str]:
    lines = "|".join(texts).replace("\n", "|").split("|")
    return frozenset(word.strip() for word in lines if word.strip())


STOP_WORDS = _words(_ENGLISH, _SPANISH, _FRENCH, _GERMAN, _PORTUGUESE, _ITALIAN, _VIETNAMESE, _CHINESE)
START_WORDS = _words(_START)
HELP_WORDS = _words(_HELP)

_NOT = r"(?:do not|don't|dont|never|no longer|not|stop trying to)"
_ENOUGH = (
    r"(?:texts?|texting|messages?|messaging|msgs?|sms|emails?|mails?|reminders|notifications|promotions)"
)

# Looked for anywhere in a message. `stop by at 5` and `cancel my appointment` are no such wish.
STOP_PATTERNS = (
    # English
    rf"\b(?:stop|quit|cease|end) (?:all |the |these |your |with the |any )*{_ENOUGH}\b",
    r"\b(?:stop|quit) (?:contacting|sending|spamming|bothering|harassing|emailing|writing|messaging)\b",
    rf"\b{_NOT} (?:text|message|msg|contact|email|sms|write|bother) (?:me|us|this|again|any ?more|to me)\b",
    rf"\b{_NOT} send (?:me |us )?(?:any|more|these|anything|{_ENOUGH})\b",
    rf"\b{_NOT} (?:want|wish|care|like) to (?:get|receive|hear|be contacted|be texted)\b",
    rf"\b{_NOT} (?:want|wish|care|like) (?:any |your |these |more )*{_ENOUGH}\b",
    rf"\bno (?:more|further|additional) {_ENOUGH}\b",
    r"\b(?:take|get|remove|delete|drop) (?:me|us|my number|this number|my name) (?:off|from)\b",
    r"\b(?:remove|delete|lose|forget|erase) (?:my|this|our) (?:number|phone|contact)\b",
    r"\bunsubscribe\b",
    r"(?<!reply stop to )\bopt(?:-| )?(?:me |us )?(?:-| )?out\b",
    r"\b(?:revoke|withdraw) (?:my |all |any )*(?:consent|permission)\b",
    r"\bleave (?:me|us) alone\b",
    r"^(?:please |pls |ok |okay |hey )?stop ?[.!,;:]",
    r"[.,!;:] ?(?:please |pls |so )?stop(?: please| pls| it| now)?$",
    r"\bi (?:said|told you|want you|asked you)(?: to)? stop\b",
    # Spanish
    r"\bno (?:me|nos) (?:envi|mand|escrib|contact|text|molest|llam)",
    r"\b(?:deja|deje|dejen|paren|pare) de (?:envi|mand|escrib|contact|text|molest)",
    r"\bno (?:quiero|deseo|queremos) (?:mas |recibir |sus |estos )",
    r"\b(?:quite|quiten|quitame|borre|borren|elimine|eliminen)(?:me)? (?:de |mi )",
    # French
    r"\b(?:arretez|arrete|cessez) de (?:m'|me )?(?:envo|ecri|contact|texte)",
    r"\bne m'(?:envo|ecri|contact|appel)\w* plus\b",
    r"\b(?:je ne veux|veux) plus (?:recevoir|de )",
    r"\bdesabonn|\bdesinscri",
    # German
    r"\bkeine (?:weiteren |mehr )?(?:sms|nachrichten|mails|e-mails|texte)\b",
    r"\b(?:schreib|kontaktier|textet?)\w* (?:sie )?(?:mir|mich) nicht\b",
    r"\bnicht mehr (?:schreiben|kontaktieren|anschreiben|texten)\b|\bhor(?:en sie|t)? (?:bitte )?auf\b",
    # Portuguese
    r"\bnao (?:me )?(?:envi|mand|escrev|contat)|\bnao quero (?:mais )?receb",
    r"\b(?:pare|parem|para) de (?:me )?(?:envi|mand|escrev|contat)",
    # Italian
    r"\bnon (?:mi )?(?:scriv|mand|invi|contatt)\w* piu\b|\bnon voglio (?:piu )?(?:ricev|messagg)",
    r"\bsmett(?:ete|ila|i) di\b",
    # Vietnamese, Chinese
    r"\b(?:dung|đung|ngung) (?:nhan|gui|lien)|\bkhong muon nhan\b",
    r"(?:别|不要|不想|停止|請勿|请勿)(?:再)?(?:给我|給我)?(?:发|收|联系|發|聯|短信|打扰|打擾)",
)
