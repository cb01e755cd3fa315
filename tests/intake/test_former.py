"""What earlier settings say, and what has drifted since."""

from pathlib import Path

from kpicli.intake.former import Former, drifts, former_of
from kpicli.intake.offering import settings_of
from kpicli.intake.proposal import YEAR, Proposal
from kpicli.intake.understanding import understand

FORMER = Former(
    packs=("insurance_agency",),
    fiscal_start=10,
    headers={"voices": {"received_on": ("受付年月日",), "improved_on": ("改善した日",)}},
    synonyms={"voices": {"category": {"不満": ("苦情",)}}},
    blanks={"voices": ("－",)},
)


def proposed(folder: Path, header: str) -> Proposal:
    """Return what is proposed for an export under a header, after such exports as before."""
    rows = [f"V{n},2025/{4 + n % 6}/{1 + n},生保,感謝" for n in range(1, 25)]
    (folder / "a.csv").write_text("\n".join((header, *rows, "")), encoding="utf-8")
    return understand([folder], folder, former=FORMER)[1]


def test_settings_say_it(tmp_path: Path) -> None:
    """Headers, words, blanks and the year are taken from settings, of all entries of a source."""
    text = (
        "fiscal_year = { starts = 10 }\n"
        '[[exports.voices]]\nfiles = "a.csv"\nblanks = ["－"]\n'
        'headers = { received_on = ["受付年月日"] }\n'
        '[[exports.voices]]\nfiles = "b.csv"\nheaders = { improved_on = ["改善した日"] }\n'
        '[exports.voices.synonyms.category]\n"不満" = ["苦情"]\n'
    )
    assert former_of(settings_of(text, tmp_path)) == FORMER


def test_it_is_not_asked_again(tmp_path: Path) -> None:
    """What was said before is taken over, and the year is no question any more."""
    proposal = proposed(tmp_path, "受付番号,受付年月日,商品区分,声の区分")
    assert proposal.fiscal_start == 10
    assert proposal.synonyms == {("voices", "category"): {"不満": ("苦情",)}}
    assert YEAR in proposal.settled
    assert [entry.blanks for entry in proposal.entries] == [("－",)]


def test_drifts(tmp_path: Path) -> None:
    """A header that was renamed and a column that is gone are told; what is as before is not."""
    proposal = proposed(tmp_path, "受付番号,受け付けた日,商品区分,声の区分")
    assert [drift.en for drift in drifts(proposal, FORMER)] == [
        "Customer voices: the header of received on has changed (受付年月日 -> 受け付けた日)",
        "Customer voices: the column improved on (改善した日) is gone",
    ]
    same = proposed(tmp_path, "受付番号,受付年月日,商品区分,声の区分")
    assert [drift.ja for drift in drifts(same, FORMER)] == [
        "お客様の声: 「改善日」の列(改善した日)が見つかりません"
    ]
