"""Holds files against public descriptions of their formats; says what is wrong with which, a line each.

    validate.py sarif FILE...             SARIF 2.1.0, by sarif-pydantic's models of the standard
    validate.py junit FILE...             the XSD of Jenkins' xUnit plugin, junit-10.xsd at the root of this Python's environment
    validate.py schema SCHEMA FILE...     a JSON Schema and YAML files, by jsonschema and ruamel.yaml (YAML 1.2, as editors read it)
"""

import json
import pathlib
import sys


def sarif(files):
    from sarif_pydantic import Sarif

    for file in files:
        try:
            document = json.loads(pathlib.Path(file).read_text(encoding="utf-8"))
            for run in document["runs"]:
                # Of the standard (3.14.17), and missing in the models.
                if run.pop("columnKind", "unicodeCodePoints") not in ("utf16CodeUnits", "unicodeCodePoints"):
                    raise ValueError("columnKind")
            Sarif.model_validate(document, extra="forbid")
        except Exception as error:
            yield file, error


def junit(files):
    import xmlschema

    schema = xmlschema.XMLSchema(str(pathlib.Path(sys.prefix) / "junit-10.xsd"))
    for file in files:
        for error in schema.iter_errors(file):
            yield file, error.reason


def schema(files):
    import jsonschema
    from ruamel.yaml import YAML

    description = json.loads(pathlib.Path(files[0]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(description)
    validator = jsonschema.Draft202012Validator(description)
    for file in files[1:]:
        try:
            document = YAML(typ="safe").load(pathlib.Path(file).read_bytes())
            # As JSON has it: keys are text, and nothing holds itself.
            document = json.loads(json.dumps(document, default=str))
        except Exception as error:
            yield file, error
            continue
        for error in validator.iter_errors(document):
            yield file, error.message


if __name__ == "__main__":
    for file, problem in {"sarif": sarif, "junit": junit, "schema": schema}[sys.argv[1]](sys.argv[2:]):
        print(file + "\t" + str(problem).replace("\n", " ")[:300])
