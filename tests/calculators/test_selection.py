from pathlib import Path

import pytest

from support.small_project import Project


@pytest.mark.parametrize(
    ("received", "counted"),
    [
        ("2025/3/31", 0),
        ("2025/4/1", 1),
        ("2025/9/30", 1),
        ("2025/9/30 23:59:59", 1),
        ("2025/10/1", 0),
        ("2025-03-31T15:00:00Z", 1),  # midnight of 1 April in Tokyo
        ("2025-09-30T15:00:00Z", 0),
        ("令和7年9月30日", 1),
    ],
)
def test_both_ends_of_a_period_belong_to_it(received: str, counted: int, tmp_path: Path) -> None:
    """Whole days in Asia/Tokyo, the first and the last included."""
    project = Project(tmp_path).export("voices", [f"V1,{received},生保,感謝,,"])
    assert project.summarize("voices").number() == counted


def test_the_first_filled_of_several_dates_counts(tmp_path: Path) -> None:
    """済の確認候補 go by 対応期限, and by 受付日 only where that is blank."""
    project = Project(tmp_path).export(
        "responses",
        [
            "A1,2025/3/1,新規,生保,済,2025/5/1,,,",  # by its deadline
            "A2,2025/5/1,新規,生保,済,,,,",  # by its receipt
            "A3,2025/5/1,新規,生保,済,2025/10/1,,,",  # the deadline lies outside
            "A4,2025/5/1,新規,生保,済,2025/6/1,2025/5/2,,",  # completed
            "A5,2025/5/1,新規,生保,済,2025/6/1,,漏れ,",
            "A6,2025/5/1,新規,生保,対応中,2025/6/1,,,",
            "A7,2025/5/1,新規,生保,済,6月1日,,,",  # the deadline may be any day
        ],
    )
    result = project.summarize("doubtful_closures")
    assert (result.number(), result.accounting.undetermined) == (2, 1)
    assert result.value().status == "provisional"


def test_named_exclusions_are_counted_by_their_rule(tmp_path: Path) -> None:
    """対象外 leaves the denominator by name; a blank is undetermined, not excluded."""
    project = Project(tmp_path).export(
        "elderly",
        [
            "E1,2025/4/1,生保,①,済,はい",
            "E2,2025/4/2,生保,①,未,",
            "E3,2025/4/3,生保,①,対象外,",
            "E4,2025/4/4,生保,①,対象外,",
            "E5,2025/4/5,生保,①,,",
        ],
    )
    result = project.summarize("elderly_explained")
    own = result.accounting
    assert own.excluded == (("公的保険制度の説明 = 対象外", 2),)
    assert (own.counted, own.undetermined) == (2, 1)
    assert (result.value().numerator, result.value().denominator) == (1, 2)
