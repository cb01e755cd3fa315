"""What to do about a mail server that fails, by how it fails."""

import smtplib
import socket
import ssl
from typing import TYPE_CHECKING

from kpicli.base.wording import Text

if TYPE_CHECKING:
    from kpicli.mail.settings import SmtpSettings

NO_STARTTLS = Text(
    'サーバーは STARTTLS を使いません。[mail.smtp] に security = "tls"(通常はポート 465)と書くか、'
    '社内の中継でパスワードが要らないなら security = "none"(通常はポート 25)と書いてください',
    'the server has no STARTTLS: under [mail.smtp] write security = "tls" (port 465 as a rule), or '
    'security = "none" (port 25 as a rule) for a relay of your own that wants no password',
)
NO_AUTH = Text(
    "サーバーはログインを受け付けません。[mail.smtp] の user と password_file を外すか、"
    "ログインできるポート(587 か 465)を port に書いてください",
    "the server takes no login: leave user and password_file out of [mail.smtp], or name the port "
    "that takes one (587 or 465)",
)
WRONG_LOGIN = Text(
    "[mail.smtp] の user と、password_file の 1 行目(または password_command)を確かめてください。"
    "多要素認証のメールでは、アプリ用のパスワードが要ります",
    "check user under [mail.smtp] and the first line of password_file (or password_command); a "
    "mailbox with two-factor login wants a password for apps",
)
LOGIN_WANTED = Text(
    "サーバーはログインを求めています。[mail.smtp] に user と password_file を書いてください",
    "the server wants a login: write user and password_file under [mail.smtp]",
)
NOT_TLS = Text(
    "このポートは初めから TLS ではありません。"
    'security = "starttls"(通常はポート 587)を試してください',
    'this port does not speak TLS from the start: try security = "starttls" (port 587 as a rule)',
)
TLS_FROM_START = Text(
    "サーバーが挨拶をしません。このポートは初めから TLS かもしれません。"
    'security = "tls" を試してください',
    'the server says nothing: this port may speak TLS from the start; try security = "tls"',
)
CERTIFICATE = Text(
    "サーバーの証明書を確かめられません。host が証明書の名前と同じか、社内の認証局なら ca_file に"
    "その証明書を書いてください",
    "the certificate cannot be verified: host has to be the name in it; for an authority of your "
    "own, name its certificate as ca_file",
)
NOBODY_LISTENS = Text(
    "[mail.smtp] の host と port を確かめてください。そこでメールサーバーが動いていません",
    "check host and port under [mail.smtp]: no mail server is running there",
)
NO_SUCH_HOST = Text(
    "[mail.smtp] の host の綴りと、ネットワークを確かめてください",
    "check how host is spelled under [mail.smtp], and the network",
)
_WRONG_LOGIN, _LOGIN_WANTED, _TLS_PORT = (534, 535), (530,), 465


def hint_for(error: Exception, smtp: "SmtpSettings") -> Text | None:
    """Return what to do about a failure of the conversation; None where nothing is known.

    What a server says of a mailbox (550 and the like) stands for itself.
    """
    if isinstance(error, ssl.SSLCertVerificationError):
        return CERTIFICATE
    if isinstance(error, ssl.SSLError):
        return NOT_TLS if smtp.security == "tls" else None
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return NO_STARTTLS if "STARTTLS" in str(error).upper() else NO_AUTH
    code = getattr(error, "smtp_code", None)
    if code in _WRONG_LOGIN:
        return WRONG_LOGIN
    if code in _LOGIN_WANTED:
        return LOGIN_WANTED
    if isinstance(error, socket.gaierror):
        return NO_SUCH_HOST
    if isinstance(error, ConnectionRefusedError):
        return NOBODY_LISTENS
    silent = isinstance(error, TimeoutError) and smtp.security != "tls"
    return TLS_FROM_START if silent and smtp.port == _TLS_PORT else None
