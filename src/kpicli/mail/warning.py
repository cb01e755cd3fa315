"""The mail to the administrator where a month is withheld."""

from kpicli.base.wording import Language, Text
from kpicli.mail.concerns import Concerns
from kpicli.mail.message import Draft
from kpicli.model.periods import Period
from kpicli.output.page.phrases import period_phrase
from kpicli.output.page.safety import plain

WARNING = "coverage warning"

SUBJECT = Text(
    "[データ不足] {period}の集計は送っていません", "[data missing] {period} has not been sent"
)
BODY = Text(
    "{period}の出力が期間の終わりまで届いていないため、集計メールを送りませんでした。\n"
    "出力を取り直し、kpicli.toml の covers を確かめてから、"
    "同じコマンドをもう一度実行してください。",
    "The exports of {period} do not reach its end: the figures have not been sent.\n"
    "Export again, look at `covers` in kpicli.toml, and run the same command once more.",
)


def warning_draft(period: Period, found: Concerns, language: Language) -> Draft:
    """Return the warning, which names the figures that cannot be complete."""
    name = plain(period_phrase(period, language))
    subject = SUBJECT.filled(period=name).in_language(language)
    body = BODY.filled(period=name).in_language(language)
    lines = [body, "", *(plain(line) for line in found.gaps)]
    return Draft(subject, "".join(f"{line}\n" for line in lines))
