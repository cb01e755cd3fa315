"""Writes every export of sample_data/ anew, byte for byte the same on each run.

    python sample_data/make_sample_data.py [--into FOLDER]

All of it is made up; `README.md` beside this file says what each export shows.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from generator.aftercare import write_contacts, write_followups
from generator.elderly import write_elderly
from generator.elderly_group import write_group
from generator.explanations import write_explanations
from generator.learning import write_qualifications, write_trainings
from generator.meetings import write_meetings
from generator.people import write_staff
from generator.proposals import write_proposals
from generator.responses import write_responses
from generator.sales import write_renewals, write_sheets
from generator.voice_exports import write_voices

WRITERS: tuple[Callable[[Path], None], ...] = (
    *(write_voices, write_responses, write_elderly, write_group, write_proposals),
    *(write_meetings, write_trainings, write_qualifications, write_explanations),
    *(write_sheets, write_renewals, write_contacts, write_followups, write_staff),
)


def make(folder: Path) -> None:
    """Write all exports into `folder`, which is made when it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for write in WRITERS:
        write(folder)


def main() -> None:
    """Read the command line and write the exports; without `--into`, beside this file."""
    parser = argparse.ArgumentParser(
        description="Write the synthetic exports of the sample project."
    )
    parser.add_argument("--into", type=Path, default=Path(__file__).parent, metavar="FOLDER")
    make(parser.parse_args().into)


if __name__ == "__main__":
    main()
