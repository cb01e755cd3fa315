"""Mail addresses, parsed strictly: whatever is not plainly one is refused."""

import re
from collections.abc import Iterable
from email.headerregistry import Address

from msgspec import Struct

from kpicli.base.errors import KpicliError, UsageError
from kpicli.base.problems import InvalidValue, invalid
from kpicli.base.wording import Text
from kpicli.output.page.safety import hidden

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_BARE = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
_NAMED = re.compile(r'(?P<name>[^<>"]*|"[^<>"]*")\s*<(?P<bare>[^<>]*)>')
_LONGEST_LOCAL, _LONGEST = 64, 254


class Mailbox(Struct, frozen=True):
    """One address, with the name that stands before it ("" where none does)."""

    name: str
    bare: str

    @property
    def domain(self) -> str:
        """Return the domain in lower case."""
        return self.bare.rpartition("@")[2].lower()

    @property
    def key(self) -> str:
        """Return the address in one spelling: domains know no case."""
        return f"{self.bare.rpartition('@')[0]}@{self.domain}"

    @property
    def header(self) -> Address:
        """Return the address as a header takes it."""
        return Address(self.name, addr_spec=self.bare)


class Recipients(Struct, frozen=True):
    """The recipients of a message; `bcc` is named in no header that is sent."""

    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...] = ()
    bcc: tuple[Mailbox, ...] = ()

    @property
    def all(self) -> tuple[Mailbox, ...]:
        """Return everybody, each once."""
        return tuple({box.key: box for box in (*self.to, *self.cc, *self.bcc)}.values())


def parse_mailbox(text: str) -> Mailbox:
    """Return the mailbox that `text` is: `fd@example.co.jp` or `推進室 <fd@example.co.jp>`.

    Raises `InvalidValue`, without repeating the text, for anything else: a line break or another
    hidden character, several addresses, a quoted local part, a domain that is not ASCII.
    """
    text = text.strip(" ")
    if any(hidden(character) for character in text):
        raise invalid(
            "アドレスに改行や見えない文字があります",
            "an address holds a line break or another hidden character",
        )
    named = _NAMED.fullmatch(text)
    name, bare = ("", text) if named is None else (named["name"], named["bare"])
    local = bare.rpartition("@")[0]
    if not _BARE.fullmatch(bare) or len(local) > _LONGEST_LOCAL or len(bare) > _LONGEST:
        raise invalid(
            "メールアドレスではありません。fd@example.co.jp か "
            "名前 <fd@example.co.jp> と書いてください",
            "this is no mail address; write fd@example.co.jp or 名前 <fd@example.co.jp>",
        )
    return Mailbox(name.strip().strip('"').strip(), bare)


def given_mailboxes(texts: Iterable[str]) -> tuple[Mailbox, ...]:
    """Return the mailboxes that the command line names, each once; raises `UsageError`."""
    mailboxes: dict[str, Mailbox] = {}
    for text in texts:
        try:
            mailbox = parse_mailbox(text)
        except InvalidValue as error:
            reason = error.problems[0].text
            raise UsageError(
                Text(f"--to: {reason.ja}", f"--to: {reason.en}"),
                Text("例: --to fd@example.co.jp", "for example: --to fd@example.co.jp"),
            ) from None
        mailboxes.setdefault(mailbox.key, mailbox)
    return tuple(mailboxes.values())


def check_domains(
    mailboxes: Iterable[Mailbox], allowed: Iterable[str], error: type[KpicliError]
) -> None:
    """Raise `error` for the first mailbox outside the allowed domains; none named allows all."""
    domains = {domain.lower() for domain in allowed}
    for mailbox in mailboxes:
        if domains and mailbox.domain not in domains:
            known = ", ".join(sorted(domains))
            raise error(
                Text(
                    f"{mailbox.domain} への送信は許されていません",
                    f"mail to {mailbox.domain} is not allowed",
                ),
                Text(
                    f"[mail] の allowed_domains: {known}", f"[mail] has allowed_domains = {known}"
                ),
            )
