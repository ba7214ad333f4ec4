"""Write the Python types of the contract from its JSON Schema (`make contract` does the TypeScript too)."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

ROOM = Path(__file__).resolve().parent.parent / "vigwidgets" / "contract"
OPTIONS = shlex.split("""
--input-file-type jsonschema --output-model-type pydantic_v2.BaseModel --target-python-version 3.11
--use-annotated --enable-faux-immutability --use-standard-collections --use-union-operator
--use-schema-description --collapse-root-models --enum-field-as-literal all --disable-timestamp
--extra-fields forbid --strict-types int str bool float --field-constraints --use-one-literal-as-default
--use-type-alias --strict-nullable --formatters builtin
""")


def write(target: Path) -> None:
    """Write the generated module to ``target``."""
    command = [sys.executable, "-m", "datamodel_code_generator", "--input", str(ROOM / "contract.schema.json")]
    subprocess.run([*command, "--output", str(target), *OPTIONS], check=True)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOM / "_types.py")
