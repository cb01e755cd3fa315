"""What words of cells stand for."""

from pathlib import Path

from kpicli.intake.offering import consequences
from support.asked import HEADER, asked, proposal_of


def test_a_word_that_no_table_lists(tmp_path: Path) -> None:
    """苦情 is no 不満 unless people say so: Enter leaves it, and each answer's figures are told."""
    proposal = proposal_of(tmp_path, HEADER, "X1,2025/4/3,生保,苦情", "X2,2025/4/4,生保,苦情")
    question = asked(proposal)["value voices.category 苦情"]
    assert "「苦情」(2 行)" in question.words.ja
    assert [choice.key for choice in question.choices] == ["-", "感謝", "不満", "要望", "その他"]
    assert question.choices[0].proposal.synonyms == {}
    complaint = question.choice("不満")
    assert complaint is not None
    assert complaint.proposal.synonyms == {("voices", "category"): {"不満": ("苦情",)}}
    rows = dict(consequences(question, tmp_path, "ja").rows)
    assert rows["お客様の声"] == ("18件", "20件", "20件", "20件", "20件")
