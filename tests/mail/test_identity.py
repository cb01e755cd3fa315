"""What makes a mail the same mail."""

from pathlib import Path

from kpicli.mail.identity import Question


def test_a_path_without_links_is_as_journals_have_it(tmp_path: Path) -> None:
    """A path without links is the question's own word for word, by which older journals know it."""
    file = tmp_path.resolve() / "kpicli.toml"
    assert Question.of(file, ("b", "a"), ()) == Question(str(file), ("a", "b"), ())


def test_a_link_is_the_file_that_it_leads_to(tmp_path: Path) -> None:
    """A link to the settings, or to their folder, asks the same as they do."""
    file = tmp_path / "kpicli.toml"
    file.touch()
    (tmp_path / "link.toml").symlink_to(file)
    (tmp_path / "folder").symlink_to(tmp_path)
    asked = Question.of(file, ("a",), ())
    assert Question.of(tmp_path / "link.toml", ("a",), ()).key == asked.key
    assert Question.of(tmp_path / "folder" / "kpicli.toml", ("a",), ()).key == asked.key
