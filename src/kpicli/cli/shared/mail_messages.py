"""Messages on mails: sent, sent before, refused, in doubt, withheld."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kpicli.base.errors import ExitCode
from kpicli.base.wording import Text
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_doubts, show_faults, show_message, show_warnings
from kpicli.cli.shared.outcome import exit_code

if TYPE_CHECKING:
    from kpicli.mail.approval import Held
    from kpicli.mail.delivery import Delivery, Result
    from kpicli.mail.held import HeldMail
    from kpicli.mail.mailing import Outcome


def show_outcome(outcome: "Outcome", *, quiet: bool) -> ExitCode:
    """Say what became of a mail, with `quiet` only what is amiss, and return the exit code."""
    name, delivery = outcome.mailing.name, outcome.delivery
    if outcome.withheld:
        show_withheld(outcome.mailing.name, outcome.withheld)
        _show_results(name, outcome.warning.results)
        return ExitCode.NOT_DELIVERED
    number = len(delivery.sent)
    code = exit_code(outcome.summary) if number else ExitCode.OK
    if number and not (quiet and not code and not delivery.failed):
        show_message(say(f"{name}: 送信しました({number} 件)", f"{name}: sent to {number}"))
        show_faults(outcome.summary.faults, show_values=False)
        show_warnings(outcome.summary)
        show_doubts(outcome.summary)
    if delivery.already and not quiet:
        show_message(_already(name, delivery))
    for who in delivery.skipped:
        show_message(_skipped(name, who))
    _show_results(name, delivery.results)
    return ExitCode.NOT_DELIVERED if delivery.failed else code


def show_waiting(seconds: float, made: int, most: int, reason: Text) -> None:
    """Say that a mail is tried again after a pause, and why."""
    said = reason.in_language(LANGUAGE)
    show_message(
        say(
            f"送れませんでした({said})。{seconds:g} 秒後にもう一度試します({made + 1}/{most} 回目)",
            f"not sent ({said}); trying again in {seconds:g} s (attempt {made + 1} of {most})",
        )
    )


def show_held(held: "Held", *, quiet: bool) -> ExitCode:
    """Say where a held mail is and how it is approved, and return the exit code."""
    name = held.mailing.name
    if held.withheld:
        show_withheld(name, held.withheld)
        return ExitCode.NOT_DELIVERED
    if held.mail is None:
        if not quiet:
            show_message(
                say(f"{name}: 同じ数値を送信済みです", f"{name}: the same figures have been sent")
            )
        return ExitCode.OK
    who = ", ".join(held.mail.recipients)
    show_message(
        say(
            f"{name}: 保留しました({held.file})。宛先: {who}\n"
            f"  件名: {held.mail.subject}\n  確かめたら: kpicli mail --approve {held.mail.name}",
            f"{name}: held ({held.file}). To: {who}\n"
            f"  Subject: {held.mail.subject}\n"
            f"  once it is right: kpicli mail --approve {held.mail.name}",
        )
    )
    show_faults(held.mailing.summary.faults, show_values=False)
    return exit_code(held.mailing.summary)


def show_approved(held: "HeldMail", delivery: "Delivery") -> ExitCode:
    """Say what became of an approved mail, and return the exit code."""
    name, number = held.period, len(delivery.sent)
    if number:
        show_message(say(f"{name}: 送信しました({number} 件)", f"{name}: sent to {number}"))
    if delivery.already:
        show_message(_already(name, delivery))
    for who in delivery.skipped:
        show_message(_skipped(name, who))
    _show_results(name, delivery.results)
    return ExitCode.NOT_DELIVERED if delivery.failed else ExitCode.OK


def show_withheld(name: str, gaps: Sequence[str]) -> None:
    """Say that a month's mail is not sent, and which figures cannot be complete."""
    show_message(
        say(
            f"{name}: 出力が期間の終わりまでないので、送りません",
            f"{name}: not sent, as the exports do not reach its end",
        )
    )
    for gap in gaps:
        show_message(f"  {gap}")


def _already(name: str, delivery: "Delivery") -> str:
    number = len(delivery.already)
    words = say(
        f"{name}: 同じ数値を送信済みです({number} 件)",
        f"{name}: the same figures have been sent before (to {number})",
    )
    if delivery.results or delivery.skipped:
        return words
    return words + say("。何もしません(--again で再送)", "; nothing to do (--again sends again)")


def _skipped(name: str, who: str) -> str:
    return say(
        f"{name}: {who} に届いたか分からないので、送りません。届いていなければ"
        " --on-doubt send で送れます",
        f"{name}: {who} may have it already; not sent. If it has not arrived: --on-doubt send",
    )


def _show_results(name: str, results: "Mapping[str, Result]") -> None:
    words = {
        "refused": say("受け取りを拒まれました", "was refused"),
        "failed": say("送れませんでした", "could not be sent"),
        "handing over": say(
            "渡しましたが返事がなく、届いたか分かりません",
            "was handed over without a reply: it may have arrived or not",
        ),
    }
    for who, result in results.items():
        if result.state in words:
            said = result.words.in_language(LANGUAGE)
            show_message(f"{name}: {who}: {words[result.state]}: {said}")
            if result.hint is not None:
                show_message(say("  対処: ", "  what to do: ") + result.hint.in_language(LANGUAGE))
