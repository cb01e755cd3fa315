"""Headers in encoded words (RFC 2047), so that every reader gets back what was meant.

Python's own folding of long headers drops or adds spaces where words of ASCII and of Japanese
stand side by side. So a text that is not all ASCII is encoded as a whole, by the older half of the
same library.
"""

import sys
from email.header import Header
from email.headerregistry import Address
from email.policy import SMTP, EmailPolicy
from typing import Any

from kpicli.base.errors import OutputError
from kpicli.base.wording import Text

ENCODED = "=?"
"""Begins an encoded word; a text that holds it is encoded once more, or it would be decoded."""
WIDTH = 76
"""The longest line with encoded words that RFC 2047 allows, in characters."""


def encoded(text: str) -> str:
    """Return a text for a header, on one line, that the library reads back as it is.

    What looks like an encoded word would be decoded when the header is set, and `=0D=0ABcc:` in it
    would become a header of its own.
    """
    return Header(text, "utf-8", maxlinelen=sys.maxsize).encode() if ENCODED in text else text


class WholeWords(EmailPolicy):
    """The library's policy, but for subject and addresses."""

    def fold(self, name: str, value: Any) -> str:  # noqa: ANN401 - the library's own signature
        """Return the header as text, folded."""
        whole = self._whole(name, value)
        return super().fold(name, value) if whole is None else whole

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401 - likewise
        """Return the header as bytes, folded."""
        whole = self._whole(name, value)
        return super().fold_binary(name, value) if whole is None else whole.encode("ascii")

    def _whole(self, name: str, value: Any) -> str | None:  # noqa: ANN401 - likewise
        if name == "Subject":
            return f"{name}: {self._words(_one_line(str(value)), name)}{self.linesep}"
        addresses = getattr(value, "addresses", None)
        if addresses is None:
            return None
        joined = f",{self.linesep} ".join(self._address(each, name) for each in addresses)
        return f"{name}: {joined}{self.linesep}"

    def _address(self, address: Address, header: str) -> str:
        shown = _one_line(address.display_name)
        if not shown:
            return address.addr_spec
        if shown.isascii() and len(shown) < WIDTH // 2 and ENCODED not in shown:
            return str(address)
        return f"{self._words(shown, header)}{self.linesep} <{address.addr_spec}>"

    def _words(self, text: str, header: str) -> str:
        if text.isascii() and len(text) < WIDTH - len(header) - 2 and ENCODED not in text:
            return text
        words = Header(text, "utf-8", maxlinelen=WIDTH, header_name=header)
        return words.encode(linesep=self.linesep)


def _one_line(text: str) -> str:
    """Return the text; raises `OutputError` for one that would begin another header."""
    if "\r" in text or "\n" in text:
        raise OutputError(
            Text(
                "メールの件名か名前に改行があります",
                "a subject or name of the mail has a line break",
            ),
            Text("[mail] の subject と名前を 1 行にしてください", "write it on one line in [mail]"),
        )
    return text


POLICY = WholeWords(max_line_length=78, linesep=SMTP.linesep, cte_type="7bit")
