"""``python -m benchmarks [NAME …]``: every benchmark of this folder, each in a process of its own.

A benchmark is a module with a ``main()`` that measures both sides of its ratios in one run, prints them and returns 1
if a bound is not kept.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    known = [path.stem for path in sorted(HERE.glob("*.py")) if "\ndef main()" in path.read_text(encoding="utf-8") and path.stem != "__main__"]
    wanted = sys.argv[1:] or known
    if unknown := set(wanted) - set(known):
        print(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    codes = {}
    for name in wanted:
        print(f"== {name}", flush=True)
        codes[name] = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=HERE.parent).returncode
    return int(any(codes.values()))


if __name__ == "__main__":
    sys.exit(main())
