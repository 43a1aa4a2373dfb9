"""Letters of other alphabets and with strokes, as Latin ones, so that a name is found however it was written down. Pure.

Short vowels are not written in Arabic, but every h is heard: such names are found by their consonants (search_names.sound).
"""

from typing import Final

from nightdesk.rules.identifiers import plain

_STROKES: Final = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ə": "a",
}  # fmt: skip
_GREEK: Final = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l", "μ": "m",
    "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps",
    "ω": "o",
}  # fmt: skip
_CYRILLIC: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "i", "і": "i",
    "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya",
}  # fmt: skip
_ARABIC: Final = {
    "ا": "a", "أ": "a", "إ": "a", "آ": "a", "ء": "", "ؤ": "", "ئ": "", "ب": "b", "پ": "p", "ت": "t", "ة": "", "ث": "th",
    "ج": "j", "چ": "ch", "ح": "ha", "خ": "kh", "د": "d", "ذ": "d", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s",
    "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "g", "ف": "f", "ق": "q", "ك": "k", "ک": "k", "گ": "g", "ل": "l", "م": "m",
    "ن": "n", "ه": "ha", "و": "w", "ي": "y", "ى": "a", "ی": "y",
}  # fmt: skip
LATIN: Final = str.maketrans({**_STROKES, **_GREEK, **_CYRILLIC, **_ARABIC})


def latin(text: str) -> str:
    """Folded (case, accents, width) and in Latin letters where there is a table; anything else stays as it is."""
    return plain(text).translate(LATIN)
