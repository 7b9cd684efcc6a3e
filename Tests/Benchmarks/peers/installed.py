"""The peers, where they can be had: DuckDB's shell, Polars and xxHash from PyPI; Python itself for the rest."""
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = {"duckdb": "duckdb-cli", "polars": "polars", "xxhash": "xxhash"}

DIGEST = """\
import sys, {module}
for path in sys.argv[1:]:
    digest = {maker}
    with open(path, 'rb', buffering=0) as file:
        while block := file.read(1 << 20): digest.update(block)
    print(digest.hexdigest())
"""


class Peers:
    def __init__(self, folder):
        self.folder = os.path.join(folder, "venv")
        self.python = os.path.join(self.folder, "bin", "python")
        self.duckdb = os.path.join(self.folder, "bin", "duckdb")
        self.missing = {}
        if not os.path.exists(self.python):
            subprocess.run([sys.executable, "-m", "venv", self.folder], check=True)
        for name, package in PACKAGES.items():
            command = [self.python, "-m", "pip", "install", "-q", "--disable-pip-version-check", package]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode != 0:
                self.missing[name] = (done.stderr.strip().splitlines() or ["no reason given"])[-1]

    def has(self, name):
        return name not in self.missing

    def versions(self):
        """Each peer's name and version."""
        found = {"Python": sys.version.split()[0]}
        if self.has("duckdb"):
            found["DuckDB"] = self._output([self.duckdb, "--version"])
        for name in ("polars", "xxhash"):
            if self.has(name):
                found[name] = self._output([self.python, "-c", f"import importlib.metadata as m; print(m.version({name!r}))"])
        return found

    def copy(self, source, folder):
        """CSV to JSON Lines, every cell as text."""
        target = os.path.join(folder, "copied.jsonl")
        read = f"read_csv('{source}', header=true, all_varchar=true, quote='\"')"
        return self._known({
            "duckdb": [self.duckdb, "-c", f"COPY (FROM {read}) TO '{target}' (FORMAT json)"],
            "polars": [self.python, f"{HERE}/pl.py", "copy", source, target]})

    def three_way(self, base, left, right, folder):
        """Both sides merged against the base, field by field; all three written anew."""
        return self._known({
            "duckdb": ["sh", f"{HERE}/threeway_duckdb.sh", self.duckdb, base, left, right, f"{folder}/duckdb"],
            "polars": [self.python, f"{HERE}/pl.py", "merge", base, left, right, f"{folder}/polars"]})

    def two_way(self, left, right, state, folder):
        """What a user writes by hand; what is read stays as it is."""
        outs = [f"{folder}/pysync-{name}" for name in ("left.csv", "right.csv", "state.json")]
        return {"pysync": [sys.executable, f"{HERE}/pysync.py", left, right, state] + outs}

    def digest(self, *paths):
        """A digest of the files, by the fastest that is there."""
        if tool := shutil.which("xxhsum"):
            return {"xxhsum (XXH3)": [tool, "-H3", *paths]}
        if self.has("xxhash"):
            return {"xxhash (XXH3)": [self.python, "-c", DIGEST.format(module="xxhash", maker="xxhash.xxh3_64()"), *paths]}
        return {"BLAKE2b": [sys.executable, "-c", DIGEST.format(module="hashlib", maker="hashlib.blake2b()"), *paths]}

    def _known(self, commands):
        return {name: command for name, command in commands.items() if self.has(name)}

    def _output(self, command):
        return subprocess.run(command, capture_output=True, text=True).stdout.strip().split(" (")[0]
