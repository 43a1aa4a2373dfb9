"""Phone numbers in one form, by the phonenumbers library."""

import phonenumbers

from nightdesk.rules.identifiers import digits


def normal_phone(text: str, country: str) -> str:
    """E.164 (“+447700900123”) when the number is possible in `country` (two letters) or abroad; else its digits alone."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return digits(text)
    # A number that could only be dialled within a town is most often the last digits of one: not to be made international.
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return digits(text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
