"""Words about answers: what buttons offer, why an answer is asked back or not understood, what seems odd."""

from __future__ import annotations

from bot.texts.phrases import EVIDENCE, N_

OFFERED = {
    "yes": N_("Yes"),
    "no": N_("No"),
    **{f"scale-{level}": words for level, words in enumerate(EVIDENCE)},
}

REASON = {
    "two-separators": N_("The dot or comma can be read in two ways."),
    "range": N_("You wrote a range."),
    "sign-in-words": N_("You told the direction in words, so please look at the sign."),
    "sign-unclear": N_("I am not sure whether this rose or fell."),
    "outside-share": N_("A share lies between 0 and 100 %."),
    "fraction-or-percent": N_("This may be a part of one, or a percentage."),
    "other-unit": N_("The unit is another one than I expected."),
    "scale-unclear": N_("The word for the large number has more than one meaning."),
    "bound": N_("This is a limit, not a value."),
    "note": N_("There is a remark beside the number."),
    "unknown-words": N_("I do not know all of these words."),
    "leading-zero": N_("The number begins with a zero."),
    "no-number": N_("I found no number in this."),
    "several-numbers": N_("I found several numbers. Please send only one."),
    "bad-grouping": N_("The dots, commas or spaces between the digits do not fit together."),
    "mixed-digits": N_("Digits of different scripts stand side by side."),
    "date-or-time": N_("This looks like a date or a time."),
    "telephone": N_("This looks like a telephone number."),
    "fraction": N_("Please write this fraction with a decimal point, such as 0.25."),
    "not-a-number": N_("Something beside the digits belongs to no number."),
    "too-long": N_("This is too long for one number."),
    "unit-does-not-fit": N_("This unit measures something else than the question asks for."),
    "no-choice": N_("This is none of the choices."),
    "several-choices": N_("This fits more than one of the choices."),
    "too-many": N_("These are more than can be taken."),
    "yes-or-no": N_("Please answer yes or no."),
    "below-minimum": N_("This is less than can be right here."),
    "above-maximum": N_("This is more than can be right here."),
    "amount-not-change": N_("This is an amount; a change in per cent was promised. I can keep the amount."),
    "change-not-amount": N_("This is a change in per cent; an amount was promised. I can keep the change."),
    "sign-of-direction": N_("You said that it goes down, so I would write it with a minus."),
    "empty": N_("There are no words in this."),
    "long-text": N_("This is too long. Please shorten it."),
    "no-date": N_("I found no year or date in this."),
    "two-digit-year": N_("Please write the year with four digits."),
    "year-out-of-range": N_("This year is too far away."),
    "other-calendar": N_("This seems to be a year of another calendar."),
    "day-or-month": N_("I cannot tell the day from the month."),
    "two-years": N_("These are two years."),
    "date-in-words": N_("I found a year, but do not know all of the words around it."),
    "no-link": N_("I can take a photo, a document or a link that begins with https://."),
    "no-city": N_("Please send the name of one city."),
    "like-a-city": N_("This is nearly the name of a city of the network."),
}
"""Each `measures.Reason` and `question_types.Trouble`, as a sentence."""

DOUBT = {
    "rate-over-100": N_("That is more than all of it."),
    "negative-rate": N_("A share cannot be below zero."),
    "sign": N_("Perhaps it went the other way."),
    "fraction-for-percent": N_("Perhaps it is a part of one, not a percentage."),
    "unit": N_("Perhaps it is in another unit."),
    "factor-1000": N_("Perhaps a factor of 1000 slipped in."),
    "factor-100": N_("Perhaps a factor of 100 slipped in."),
    "factor-10": N_("Perhaps a factor of 10 slipped in."),
    "swapped-digits": N_("Perhaps two digits changed places."),
    "far-from-last": N_("That is a long way from it."),
    "far-from-path": N_("That is a long way from it."),
}
"""Each `plausibility.Doubt`, as a sentence behind the figures."""
