"""`kpicli site`: every published period as static pages."""

import csv
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag

import pytest

from kpicli.catalog.read import read_catalog
from support.command_line import PROJECT, Outcome, Run, process
from support.root import ROOT


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample with words for two periods."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("sample_data", "narrative", "published"):
        shutil.copytree(ROOT / name, folder / name)
    settings = (ROOT / "kpicli.toml").read_text(encoding="utf-8")
    (folder / "kpicli.toml").write_text(settings, encoding="utf-8")
    earlier = "# {{ period }}のご報告\n\n## 原則2 利益\n\n::: figures voices\n"
    (folder / "narrative/2024H2.md").write_text(earlier, encoding="utf-8")
    return folder


def write(project: Path, name: str = "site") -> Outcome:
    """Write the site of the project, and return how that went."""
    return process("site", name, "--allow-doubt", folder=project)


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    """Return the folder of the site."""
    done = write(project)
    assert done.code == 0, done.err
    return project / "site"


def links(page: Path) -> Iterator[str]:
    """Yield the addresses of a page that lead into the site."""
    for address in re.findall(r'href="([^"]*)"', page.read_text(encoding="utf-8")):
        if not address.startswith(("https:", "mailto:")):
            yield address


def test_every_link_leads_somewhere(site: Path) -> None:
    """Links are relative, and what they name is there: the file, and the place in it."""
    pages = sorted(site.glob("*.html"))
    assert [page.name for page in pages] == [
        *("2024H2.html", "2025H1.en.html", "2025H1.html"),
        *("index.en.html", "index.html", "principles.en.html", "principles.html"),
        *("trend.en.html", "trend.html"),
    ]
    for page in pages:
        for address in links(page):
            assert not address.startswith("/")
            file, place = urldefrag(address)
            target = site / file if file else page
            assert target.is_file(), (page.name, address)
            if place:
                assert f'id="{place}"' in target.read_text(encoding="utf-8"), (page.name, address)


def test_every_page_is_reached_from_the_index(site: Path) -> None:
    """So is every data file; the latest period comes first."""
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            if name.endswith(".html"):
                waiting += [urldefrag(a).url for a in links(site / name) if urldefrag(a).url]
    assert reached == {file.name for file in site.iterdir()}
    index = (site / "index.html").read_text(encoding="utf-8")
    assert index.index('"2025H1.html"') < index.index('"2024H2.html"')
    assert "公表日 2025年12月12日" in re.sub("<[^>]+>", "", index)


def test_the_data_are_the_figures_of_the_page(site: Path) -> None:
    """The files hold the same number, and nothing that is the desk's alone."""
    rows = list(csv.DictReader((site / "2025H1.csv").read_text("utf-8-sig").splitlines()))
    (voices,) = [
        row for row in rows
        if (row["period"], row["kpi"], row["by"], row["part"]) == ("2025H1", "voices", "", "")
    ]  # fmt: skip
    assert voices["value"] == "841"
    made = json.loads((site / "2025H1.json").read_text(encoding="utf-8"))
    assert (made["files"], made["sources"], made["faults"]) == ([], [], [])
    assert "公表ページ" not in (site / "2025H1.json").read_text(encoding="utf-8")
    assert "841件" in (site / "2025H1.html").read_text(encoding="utf-8")


def test_nothing_internal_is_in_a_page(site: Path) -> None:
    """No ids of KPIs, hashes or accounting, in any of them."""
    for page in site.glob("*.html"):
        text = re.sub(r"<style>.*?</style>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        words = re.sub("<[^>]+>", "", text)
        assert "社内用" not in words
        assert "行の内訳" not in words
        assert not re.search(r"\b(?:complaint_improvements|renewal_talks|[0-9a-f]{40,})\b", words)
        names = "|".join(read_catalog().kpi)
        assert not re.findall(rf'(?:id|href|labelledby)="[^"]*-(?:{names})\b[^"]*"', text)
        assert "<script" not in text


def test_the_trend_has_five_halves_and_the_numbers(site: Path) -> None:
    """The values of the chart stand in the table below it too."""
    page = (site / "trend.html").read_text(encoding="utf-8")
    sections = re.findall(
        r'<section class="fd-section" id="fd-trend-\d+">.*?</section>', page, re.S
    )
    (section,) = [own for own in sections if "<h2>お客様の声は" in own]
    heading, caption = (
        re.findall(f"<{tag}>(.*?)</{tag}>", section)[0] for tag in ("h2", "figcaption")
    )
    assert heading.startswith("お客様の声は")
    assert "お客様の声" not in caption
    drawn = re.findall(r"<text[^>]*>([\d,]+)</text>", section)[:5]
    table = section[section.index("<table") :]
    cells = [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<td.*?</td>", table)]
    assert drawn == [cell.removesuffix("件") for cell in cells[::5]]
    assert drawn[-1] == "841"


def test_the_same_inputs_give_the_same_bytes(site: Path, project: Path) -> None:
    """Written again, into another folder, no file differs."""
    assert write(project, "again").code == 0
    again = project / "again"
    assert {f.name for f in again.iterdir()} == {f.name for f in site.iterdir()}
    assert [f.name for f in site.iterdir() if f.read_bytes() != (again / f.name).read_bytes()] == []


def test_where_no_period_has_words(run_kpicli: Run, tmp_path: Path) -> None:
    """It says how to make a draft, and makes no folder."""
    outcome = run_kpicli(PROJECT, "site", "public")
    assert outcome.code == 3
    assert "--draft" in outcome.err
    assert not (tmp_path / "public").exists()


NEXT = "# {{ period }}のご報告\n\n## 原則2 利益\n\n{{ voices }}を受け付けました。\n"


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("ja", "2025H2 はデータがないので、サイトに入れません"),
        ("en", "left out: 2025H2 has no data"),
    ],
)
def test_a_draft_of_the_next_period_is_left_out(
    project: Path, tmp_path: Path, language: str, message: str
) -> None:
    """A period without data is named on stderr, and all the others are written."""
    copied = Path(shutil.copytree(project, tmp_path / "project"))
    (copied / "narrative/2025H2.md").write_text(NEXT, encoding="utf-8")
    done = process("--lang", language, "site", "drafted", "--allow-doubt", folder=copied)
    assert done.code == 0, done.err
    assert message in done.err.splitlines()
    written = {file.name for file in (copied / "drafted").iterdir()}
    assert {"2025H1.html", "2024H2.html", "index.html"} <= written
    assert not any(name.startswith("2025H2") for name in written)
    assert "2025H2" not in (copied / "drafted/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [("-p", "2025H2"), ("-p", "2025H1,2025H2"), ()])
def test_a_period_without_data_that_cannot_be_left_out(
    run_kpicli: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """One that is named, or that is alone, is an error, and no folder is made."""
    words = {"narrative/2025H2.md": NEXT}
    if arguments:
        words["narrative/2025H1.md"] = NEXT
    (tmp_path / "narrative").mkdir()
    outcome = run_kpicli({**PROJECT, **words}, "site", "public", "--allow-doubt", *arguments)
    assert outcome.code == 3
    assert "データのない期間です: 2025H2\n" in outcome.err
    assert not (tmp_path / "public").exists()


def test_a_site_never_takes_the_place_of_what_it_is_made_of(
    run_kpicli: Run, tmp_path: Path
) -> None:
    """A folder that the settings name files in is refused, and nothing is written."""
    words = {"narrative/2025H1.md": "# 報告\n\n## 原則2 x\n\n文\n"}
    settings = PROJECT["kpicli.toml"].replace('"voices.csv"', '["voices.csv", "data/*"]')
    (tmp_path / "narrative").mkdir()
    (tmp_path / "data").mkdir()
    old = PROJECT["voices.csv"].partition("\n")[0] + "\n"
    files = {**PROJECT, **words, "kpicli.toml": settings, "data/old.csv": old}
    outcome = run_kpicli(files, "site", "data", "--allow-doubt")
    assert outcome.code == 2
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["old.csv"]
