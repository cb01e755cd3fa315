"""A real, headless browser that opens a file and says what it sees; nothing is sent anywhere."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_core_python
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

PATIENCE = 300.0
"""Seconds that a script may take: axe-core takes one on a long page, on a machine of its own."""
AXE = Path(axe_core_python.__file__).with_name("axe.min.js")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
)


class Browser:
    """Chromium with one window."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, file: Path, width: int, height: int = 900) -> None:
        """Show a file in a window whose page is `width` CSS pixels wide, as on a phone."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.get(file.as_uri())
        self.driver.execute_async_script("document.fonts.ready.then(() => arguments[0]())")

    def emulate(self, media: str = "", **features: str) -> None:
        """Show pages as on that medium, and as one who has set those features sees them.

        Underscores in their names stand for hyphens. Without any, the browser's own are in force.
        """
        named = [{"name": n.replace("_", "-"), "value": value} for n, value in features.items()]
        asked = {"media": media, "features": named}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", asked)

    def ask(self, script: str) -> Any:  # noqa: ANN401 - whatever the script returns
        """Return what a script finds in the page."""
        return self.driver.execute_script(script)

    def console(self) -> list[str]:
        """Return what the page has written to the console, and every refused request."""
        return [entry["message"] for entry in self._log("browser")]

    def requests(self) -> list[str]:
        """Return the addresses that were asked for since the last call."""
        events = [json.loads(e["message"])["message"] for e in self._log("performance")]
        sent = [e for e in events if e["method"] == "Network.requestWillBeSent"]
        return [event["params"]["request"]["url"] for event in sent]

    def _log(self, kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.driver.get_log(kind)  # type: ignore[no-untyped-call]  # selenium's own
        return found

    def barriers(self) -> list[str]:
        """Return every violation that axe-core finds in the page, with the elements.

        It names the elements of violations alone: to name those that are right, too, takes it
        half a minute on a page of long tables.
        """
        self.driver.execute_script(AXE.read_text(encoding="utf-8"))
        asked = "{resultTypes: ['violations']}"
        done = f"axe.run({asked}).then(r => arguments[arguments.length - 1](r))"
        found = self.driver.execute_async_script(done)["violations"]
        return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]

    def picture(self, file: Path) -> None:
        """Write a picture of the whole page."""
        asked = {"captureBeyondViewport": True, "format": "png"}
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", asked)
        file.write_bytes(base64.b64decode(shot["data"]))

    def window(self, file: Path) -> None:
        """Write a picture of what the window holds, the beginning of a page."""
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
        file.write_bytes(base64.b64decode(shot["data"]))

    def print(self, file: Path) -> None:
        """Write the page as it is printed on A4."""
        asked = {"preferCSSPageSize": True, "printBackground": True}
        printed = self.driver.execute_cdp_cmd("Page.printToPDF", asked)
        file.write_bytes(base64.b64decode(printed["data"]))


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """Start Debian's Chromium with a profile of its own, and end it."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for option in (*OPTIONS, f"--user-data-dir={profile}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    driver.set_script_timeout(PATIENCE)
    try:
        yield Browser(driver)
    finally:
        driver.quit()
