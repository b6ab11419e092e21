"""What each paragraph is to the layout: header, recital, body, recipients, signature, attachment.

:func:`assign` gives every paragraph one role. Forms come from ``lexicon/layout.tsv`` and ``lexicon/types.tsv``; nothing is taken
from the fields' values here (that is the header's work), and nothing is nested (that is the outline's).
"""

from __future__ import annotations

import re

from . import ending, opening
from .repair import Paragraph
from .roles import Role, words_of

_NOTE = re.compile(r"\[\d{1,3}\]\s*\S")


def assign(text: str, paragraphs: list[Paragraph]) -> list[Role]:
    """The role of each paragraph, in order; every paragraph has one.

    A document without any layout it knows is all ``body``.
    """
    roles: list[Role] = ["body"] * len(paragraphs)
    begin = opening.front(text, paragraphs, roles)
    ending.back(text, paragraphs, roles, begin)
    numbered = -1  # the last paragraph with a number, looked for below the first note
    for i, paragraph in enumerate(paragraphs):
        # a note's own words, wherever the reader set them; "[1] Luật số …" below the signature of a consolidated text
        if paragraph.lines[0].note is not None or (text[paragraph.start] == "[" and _NOTE.match(text, paragraph.start, paragraph.end)):
            roles[i] = "note"
            if numbered < 0:
                numbered = max((k for k, p in enumerate(paragraphs) if p.mark is not None and p.mark.kind != "bullet"), default=0)
        elif (
            numbered >= 0
            and roles[i - 1] == "note"
            and (roles[i] == "signature" or (roles[i] == "attachment" and i > numbered and paragraph.cell is None))
            and not paragraph.mark
            and not ending.signs(words_of(text, paragraph))
        ):
            roles[i] = "note"  # what a note below the signature quotes, and what a site prints below the last note
    return roles
