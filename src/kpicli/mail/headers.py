"""Headers in encoded words (RFC 2047), so that every reader gets back what was meant.

Python's own folding of long headers drops or adds spaces where words of ASCII and of Japanese
stand side by side. So a text that is not all ASCII is encoded as a whole, by the older half of the
same library.
"""

from email.header import Header
from email.headerregistry import Address
from email.policy import SMTP, EmailPolicy
from typing import Any

WIDTH = 76
"""The longest line with encoded words that RFC 2047 allows, in characters."""


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
            return f"{name}: {self._words(str(value), name)}{self.linesep}"
        addresses = getattr(value, "addresses", None)
        if addresses is None:
            return None
        joined = f",{self.linesep} ".join(self._address(each, name) for each in addresses)
        return f"{name}: {joined}{self.linesep}"

    def _address(self, address: Address, header: str) -> str:
        shown = address.display_name
        if not shown:
            return address.addr_spec
        if shown.isascii() and len(shown) < WIDTH // 2:
            return str(address)
        return f"{self._words(shown, header)}{self.linesep} <{address.addr_spec}>"

    def _words(self, text: str, header: str) -> str:
        if text.isascii() and len(text) < WIDTH - len(header) - 2:
            return text
        encoded = Header(text, "utf-8", maxlinelen=WIDTH, header_name=header)
        return encoded.encode(linesep=self.linesep)


POLICY = WholeWords(max_line_length=78, linesep=SMTP.linesep, cte_type="7bit")
