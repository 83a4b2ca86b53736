#!/usr/bin/env python3
"""Measures duban beside other programs over the same plan files, in one run: each in turn, several times, one thread;
medians of the CPU time (user and system) that the process and its children used.

    cargo build --release --benches
    cargo bench --bench corpus -- corpus 20000 --trouble 15 --broken 1
    python3 benches/side_by_side.py corpus [--rounds 7] [--slow 500]

Programs that are not installed are left out and named: taplo and check-jsonschema (PyPI), ajv (npm: ajv-cli). The slow
ones are given only so many of the files.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOMLLIB = """
import sys, tomllib
from pathlib import Path
bad = 0
for path in Path(sys.argv[1]).rglob("U*.toml"):
    try:
        plan = tomllib.loads(path.read_text("utf-8"))
        bad += "code" not in plan.get("unit", {}) or "filed" not in plan.get("plan", {})
    except Exception:
        bad += 1
print(bad)
"""


def bench(name):
    """The newest build of a benchmark's program."""
    found = [path for path in (ROOT / "target/release/deps").glob(f"{name}-*") if path.suffix == ""]
    if not found:
        sys.exit(f"no {name}: run cargo build --release --benches")
    return str(max(found, key=lambda path: path.stat().st_mtime))


def cpu(command, cwd):
    """The seconds of CPU that a command used, with all that it waited for."""
    environment = {**os.environ, "RAYON_NUM_THREADS": "1"}
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    program = subprocess.Popen(command, cwd=cwd, env=environment, **quiet)
    _, _, usage = os.wait4(program.pid, 0)
    program.returncode = 0
    return usage.ru_utime + usage.ru_stime


def some(corpus, count, scratch):
    """A folder with a part of the files, and the same as JSON where they are TOML."""
    part, copies = scratch / "part", scratch / "json"
    part.mkdir()
    copies.mkdir()
    files = sorted(corpus.rglob("U*.toml"))[:count]
    for path in files:
        shutil.copy(path, part)
        try:
            plan = tomllib.loads(path.read_text("utf-8"))
            (copies / path.with_suffix(".json").name).write_text(json.dumps(plan, default=str, ensure_ascii=False), "utf-8")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            pass
    return part, copies, len(files)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--slow", type=int, default=500)
    options = parser.parse_args()
    corpus = options.corpus.resolve()
    files = sum(1 for _ in corpus.rglob("U*.toml"))
    duban = str(ROOT / "target/release/duban")
    common = ["--as-of", "2022-11-15", "--lang", "zh"]
    scratch = Path(tempfile.mkdtemp())
    part, copies, few = some(corpus, options.slow, scratch)
    schema = scratch / "plan.schema.json"
    with open(schema, "w", encoding="utf-8") as out:
        subprocess.run([duban, "schema", "plan"], stdout=out, check=True)
    (part / "taplo.toml").write_text(f'[[rule]]\ninclude = ["*.toml"]\n[rule.schema]\npath = "{schema}"\nenabled = true\n')
    programs = [
        ("bare parse", files, [bench("yardstick"), str(corpus), "parse", "--threads", "1"], corpus),
        ("bare read", files, [bench("yardstick"), str(corpus), "read", "--threads", "1"], corpus),
        ("cat", files, ["sh", "-c", "find . -name 'U*.toml' -print0 | xargs -0 cat"], corpus),
        ("check --ignore copied", files, [duban, "check", ".", "--format", "concise", "--ignore", "copied", *common], corpus),
        ("check", files, [duban, "check", ".", "--format", "concise", *common], corpus),
        ("report", files, [duban, "report", ".", "--format", "csv", *common], corpus),
        ("a tomllib script", few, [sys.executable, "-c", TOMLLIB, "."], part),
        ("taplo, with the schema", few, ["taplo", "check", "--no-auto-config", "-c", "taplo.toml"], part),
        ("ajv, on JSON copies", few, ["ajv", "validate", "--strict=false", "-s", str(schema), "-d", f"{copies}/*.json"], copies),
        ("check-jsonschema", few, ["sh", "-c", f"check-jsonschema --schemafile {schema} U*.toml"], part),
    ]
    there = [p for p in programs if shutil.which("check-jsonschema" if p[0] == "check-jsonschema" else p[2][0])]
    for name in [p[0] for p in programs if p not in there]:
        print(f"left out, not installed: {name}")
    times = {name: [] for name, *_ in there}
    for _ in range(options.rounds):
        for name, _, command, cwd in there:
            times[name].append(cpu(command, cwd))
    of = {name: statistics.median(times[name]) / count * 1e6 for name, count, *_ in there}
    print(f"\n{files} files ({few} for the slow ones), {options.rounds} rounds, medians\n")
    print("| | CPU µs a file | × bare parse |\n|---|---|---|")
    for name, *_ in there:
        print(f"| {name} | {of[name]:.1f} | {of[name] / of['bare parse']:.2f} |")
    shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
