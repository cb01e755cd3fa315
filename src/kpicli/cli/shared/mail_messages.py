"""What is said of mails: sent, sent before, refused, in doubt, withheld."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kpicli.base.exit_codes import ExitCode
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_faults, tell
from kpicli.cli.shared.outcome import exit_code

if TYPE_CHECKING:
    from kpicli.mail.delivery import Fate
    from kpicli.mail.sending import Outcome
    from kpicli.model.figures import Summary


def tell_outcome(outcome: "Outcome", *, quiet: bool) -> ExitCode:
    """Say what became of a mail, with `quiet` only what is amiss, and return the exit code."""
    name = outcome.summary.period.label(LANGUAGE)
    if outcome.withheld:
        return _withheld(outcome)
    sent = [who for who, fate in outcome.fates.items() if fate.state == "sent"]
    failed = bool(outcome.skipped) or len(sent) < len(outcome.fates)
    code = exit_code(outcome.summary) if sent else ExitCode.OK
    if sent and not (quiet and not code and not failed):
        tell(say(f"{name}: 送信しました({len(sent)} 件)", f"{name}: sent to {len(sent)}"))
        show_faults(outcome.summary.faults, show_values=False)
    if outcome.already and not quiet:
        tell(_already(name, outcome.already, alone=not outcome.fates and not outcome.skipped))
    for who in outcome.skipped:
        tell(_skipped(name, who))
    _tell_fates(name, outcome.fates)
    return ExitCode.NOT_DELIVERED if failed else code


def tell_withheld(summary: "Summary", gaps: Sequence[str]) -> None:
    """Say that a month is not sent, and which figures cannot be complete."""
    name = summary.period.label(LANGUAGE)
    tell(
        say(
            f"{name}: 出力が期間の終わりまでないので、送りません",
            f"{name}: not sent, as the exports do not reach its end",
        )
    )
    for gap in gaps:
        tell(f"  {gap}")


def _withheld(outcome: "Outcome") -> ExitCode:
    tell_withheld(outcome.summary, outcome.withheld)
    if outcome.warned is not None:
        _tell_fates(outcome.summary.period.label(LANGUAGE), outcome.warned)
    return ExitCode.NOT_DELIVERED


def _already(name: str, who: Sequence[str], *, alone: bool) -> str:
    number = len(who)
    words = say(
        f"{name}: 同じ数値を送信済みです({number} 件)",
        f"{name}: the same figures have been sent before (to {number})",
    )
    if not alone:
        return words
    return words + say("。何もしません(--again で再送)", "; nothing to do (--again sends again)")


def _skipped(name: str, who: str) -> str:
    return say(
        f"{name}: {who} に届いたか分からないので、送りません。届いていなければ"
        " --on-doubt send で送れます",
        f"{name}: {who} may have it already; not sent. If it has not arrived: --on-doubt send",
    )


def _tell_fates(name: str, fates: "Mapping[str, Fate]") -> None:
    words = {
        "refused": say("受け取りを拒まれました", "was refused"),
        "failed": say("送れませんでした", "could not be sent"),
        "handing over": say(
            "渡しましたが返事がなく、届いたか分かりません",
            "was handed over without a reply: it may have arrived or not",
        ),
    }
    for who, fate in fates.items():
        if fate.state in words:
            tell(f"{name}: {who}: {words[fate.state]}: {fate.words}")
