"""One simulated month in the empty database that NIGHTDESK_DATABASE names: python -m bench._month REFERRALS DAYS SEED."""

import json
import sys


def main(arguments: list[str]) -> int:
    """Live through it under the pack's policy, and print its figures."""
    import django

    django.setup()
    from nightdesk.jobs.simulate import simulate
    from nightdesk.jobs.simulate_plan import Size, make_plan
    from nightdesk.jobs.simulate_policies import pack_policy

    referrals, days, seed = (int(value) for value in arguments)
    plan = make_plan(seed=seed, size=Size(referrals=referrals, days=days))
    print(json.dumps(simulate(plan, pack_policy()).figures()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
