"""`trialhouse doctor`: is everything here that a refresh needs?"""

from trialhouse.cli.examination import examine
from trialhouse.cli.exits import Exit
from trialhouse.cli.folded import print_labelled
from trialhouse.cli.options import JsonOption, ProfileOption, WarehouseOption, warehouse_place
from trialhouse.terminal import print_json


def print_examination(
    *, profile: ProfileOption = None, warehouse: WarehouseOption = None, json: JsonOption = False
) -> int:
    """Check this machine, warehouse and the sources of a profile, and say what to do about what is wrong.

    Exit code 1 if anything is.
    """
    findings = examine(warehouse_place(warehouse), profile)
    if json:
        print_json([finding.model_dump() for finding in findings])
    else:
        for finding in findings:
            print_labelled(f"{'ok' if finding.is_ok else 'WRONG':<6} {finding.name:<10} ", finding.says)
            if not finding.is_ok and finding.advice:
                print_labelled(f"{'':<17} -> ", finding.advice)
    return Exit.DONE if all(finding.is_ok for finding in findings) else Exit.FAILED
