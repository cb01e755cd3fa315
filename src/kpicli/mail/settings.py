"""The section `[mail]` of kpicli.toml: who writes to whom, how it is worded, how it is sent."""

from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    Field,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from kpicli.base.errors import SettingsError
from kpicli.base.problems import InvalidValue, invalid, misnamed
from kpicli.base.wording import Text
from kpicli.catalog.declared import Definition, Names
from kpicli.catalog.texts import Before, Matching, or_text
from kpicli.catalog.validation.problems import InvalidSettings, invalid_settings
from kpicli.mail.addresses import Mailbox, check_domains, parse_mailbox
from kpicli.output.formats import FILE_FORMATS
from kpicli.settings.locate import FILE_NAME
from kpicli.settings.settings import Settings
from kpicli.settings.toml.reading import TomlFiles

OnDoubt = Literal["send", "skip"]

ATTACHABLE = FILE_FORMATS
"""Formats of summaries that can be attached; rows never can."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")

STARTER = """\
[mail]
sender = "kpicli <kpi@example.co.jp>"
to = ["fd@example.co.jp"]
[mail.smtp]
host = "smtp.example.co.jp"
user = "kpi@example.co.jp"
password_file = "smtp-password"
"""
"""The least that a section says."""


def _mailbox(raw: object) -> Mailbox:
    if isinstance(raw, Mailbox):
        return raw
    if not isinstance(raw, str):
        raise invalid(
            'アドレスは "fd@example.co.jp" のような文字列で書きます',
            'an address is a text such as "fd@example.co.jp"',
        )
    return parse_mailbox(raw)


def _listed(raw: object) -> object:
    return [raw] if isinstance(raw, str) else raw


One = Annotated[Mailbox, PlainValidator(_mailbox), WithJsonSchema({"type": "string"})]
Several = Annotated[tuple[One, ...], Before(_listed, or_text)]


_HOST = Matching(
    r"^[A-Za-z0-9._:-]{1,253}$",
    Text("サーバー名(英数字と . _ : -)を書いてください", "a host: letters, digits, . _ : and -"),
)
_USER = Matching(
    r"^[!-~]+$",
    Text(
        "空白のない英数字と記号で書いてください", "ASCII letters, digits and signs without spaces"
    ),
)


class SmtpSettings(Definition):
    """`[mail.smtp]`: the server, how it is spoken to, and where the password is kept.

    `timeout` bounds, in seconds, each whole answer of the server; `attempts` counts the first
    one, too, and `retry_wait` is the pause before the second, doubled each time.
    """

    host: Annotated[str, _HOST] = "localhost"
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    security: Literal["starttls", "tls", "none"] = "starttls"
    verify: bool = True
    ca_file: Path | None = None
    user: Annotated[str, _USER] | None = None
    password_file: Path | None = None
    password_command: tuple[str, ...] = ()
    timeout: Annotated[float, Field(gt=0, le=600)] = 60
    attempts: Annotated[int, Field(ge=1, le=20)] = 4
    retry_wait: Annotated[float, Field(ge=0, le=3600)] = 5

    @property
    def usual_port(self) -> int:
        """Return the port: the one named, else the usual one of the kind of security."""
        return self.port or {"starttls": 587, "tls": 465, "none": 25}[self.security]

    @model_validator(mode="after")
    def _password_belongs_to_user(self) -> Self:
        ways = bool(self.password_file) + bool(self.password_command)
        if ways != (1 if self.user else 0):
            raise invalid(
                "user には password_file か password_command のどちらか一つが要り、"
                "user がなければどちらも書きません",
                "`user` needs either `password_file` or `password_command`, and neither without it",
            )
        if self.user and self.security == "none" and self.host not in LOOPBACK:
            raise invalid(
                "パスワードを暗号化せずに送ることはできません。"
                'security = "none" は localhost だけです',
                'a password is not sent in clear: security = "none" is for localhost',
            )
        return self


class EachSettings(Definition):
    """`[mail.each]`: a mail of its own for every group, with the figures of its rows alone.

    `by` is a dimension as `--by` has them; `to` names the recipients of each group.
    """

    by: Annotated[str, Field(min_length=1)]
    to: Annotated[dict[str, Several], Field(min_length=1)]


class MailSettings(Definition):
    """`[mail]`: sender, recipients, wording, attachments, and what is remembered where."""

    sender: One
    to: Several = ()
    cc: Several = ()
    bcc: Several = ()
    reply_to: One | None = None
    admin: One | None = None
    allowed_domains: Names = ()
    subject: str | None = None
    introduction: str | None = None
    attach: Names = ()
    kpis: Names = ()
    page: Annotated[str, Field(pattern=r"^https?://[!-~]+$")] | None = None
    on_doubt: OnDoubt = "skip"
    journal: Path | None = None
    lock_wait: Annotated[float, Field(ge=0, le=3600)] = 60
    catch_up_months: Annotated[int, Field(ge=1, le=60)] = 12
    each: EachSettings | None = None
    smtp: SmtpSettings = SmtpSettings()

    @field_validator("attach")
    @classmethod
    def _attachable(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name not in ATTACHABLE:
                ja, en = f"「{name}」は添付できません", f"cannot attach {name!r}"
                raise InvalidValue(misnamed("", ja, en, name, ATTACHABLE))
        return names


def _validated(raw: dict[str, Any], file: str) -> MailSettings:
    try:
        return MailSettings.model_validate(raw)
    except ValidationError as error:
        raise invalid_settings(error, file, raw, above="mail") from None


def read_mail_settings(settings: Settings) -> MailSettings:
    """Return the section `[mail]`.

    Raises `SettingsError` where it is missing or wrong, naming line and key, and for a recipient
    outside `allowed_domains`.
    """
    raw: dict[str, Any] = settings.values.mail
    name = str(settings.file or FILE_NAME)
    if not raw:
        raise SettingsError(
            Text(f"{name} に [mail] がありません", f"{name} has no section [mail]"),
            Text(f"次のように書いてください\n{STARTER}", f"write it like this\n{STARTER}"),
        )
    try:
        mail = _validated(raw, name)
    except InvalidSettings as error:
        if settings.file is None:
            raise
        from kpicli.settings.toml.corrections import with_lines  # loads a parser of its own

        files, file = TomlFiles(), settings.file
        files.tables(file)
        raise with_lines(
            error, files, lambda corrected: _validated(corrected.tables(file)["mail"], name)
        ) from None
    groups = () if mail.each is None else chain(*mail.each.to.values())
    own = (*mail.to, *mail.cc, *mail.bcc, *groups, *filter(None, [mail.admin]))
    check_domains(own, mail.allowed_domains, SettingsError)
    return mail
