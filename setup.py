"""The starter content travels in the wheel, beside the code; everything else stands in pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

STARTER = ("knowledge", "schedules")


class BuildWithStarter(build_py):
    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        for name in STARTER:
            target = Path(self.build_lib) / "bot" / "starter" / name
            shutil.rmtree(target, ignore_errors=True)
            if Path(name).is_dir():
                shutil.copytree(name, target)


setup(cmdclass={"build_py": BuildWithStarter})
