"""Run the conformance kit against a server of our own, on loopback: `python -m tests.dataspace.conformance CLASSPATH`.

The kit is whoever runs it has; nothing of it is here. Fails on anything but 65 passed and 0 failed.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Thread

WANTED = ("Passed tests: 65", "Failed tests: 0")
OWN, PEER = 8291, 8292
PATIENCE = 900


def main(classpath: str) -> int:
    """Serve, seed, let the kit try, and tell what it found."""
    with tempfile.TemporaryDirectory(prefix="kt-kit-") as folder:
        os.environ["KATALYSATOR_DATA"] = folder
        os.environ["KATALYSATOR_ADDRESS"] = f"http://127.0.0.1:{OWN}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.dataspace.conformance.settings"
        from katalysator import postgres

        with postgres.running(Path(folder) / "postgres") as server:
            os.environ["DATABASE_URL"] = server.ensure("katalysator")
            return _tried(classpath, Path(folder))


def _tried(classpath: str, folder: Path) -> int:
    import django

    django.setup()
    from katalysator.running.migrating import migrate
    from tests.dataspace.conformance.seed import seed
    from tests.dataspace.world import connector

    migrate()
    own = connector(name="Voorbeeld Proefopstelling")
    seed(own)
    Thread(target=_serve, daemon=True).start()
    worker = subprocess.Popen([sys.executable, "-c", _WORKER])
    try:
        said = _kit(classpath, folder, own.participant_id, own.root, own.base)
    finally:
        worker.terminate()
        worker.wait()
    print(said[-6000:])
    return 0 if all(each in said for each in WANTED) else 1


_WORKER = """
import django
django.setup()
from katalysator.core.working import work
work(["outside"])
"""


def _serve() -> None:
    import waitress
    from django.core.wsgi import get_wsgi_application

    # each test of the kit keeps its connections
    waitress.serve(
        get_wsgi_application(), host="127.0.0.1", port=OWN, threads=8, connection_limit=1000
    )


def _kit(classpath: str, folder: Path, participant: str, root: str, base: str) -> str:
    from tests.dataspace.conformance.scenarios import SCENARIOS
    from tests.dataspace.conformance.seed import CATALOGUE, FORMAT

    kit = "dataspacetck.dsp"
    lines = {
        "dataspacetck.debug": "false",
        "dataspacetck.ansi": "false",
        "dataspacetck.host": "127.0.0.1",
        "dataspacetck.port": str(PEER),
        "dataspacetck.callback.address": f"http://127.0.0.1:{PEER}",
        f"{kit}.local.connector": "false",
        f"{kit}.connector.agent.id": participant,
        f"{kit}.connector.http.url": base,
        f"{kit}.connector.http.base.url": root,
        f"{kit}.connector.http.headers.authorization": "kit",
        f"{kit}.connector.negotiation.initiate.url": f"http://127.0.0.1:{OWN}/kit/negotiations",
        f"{kit}.connector.transfer.initiate.url": f"http://127.0.0.1:{OWN}/kit/transfers",
        f"{kit}.default.wait": "10",
        "CAT_01_01_DATASETID": CATALOGUE[0],
        "CAT_01_02_DATASETID": CATALOGUE[1],
        "CAT_01_03_DATASETID": "CAT0103",
    }
    for each in SCENARIOS:
        name = re.sub("[:-]", "_", each.name)
        if each.kind == "transfer":
            lines |= {f"{name}_AGREEMENTID": each.about, f"{name}_FORMAT": FORMAT}
        else:
            lines |= {f"{name}_DATASETID": each.about}
            lines |= (
                {f"{name}_OFFERID": f"CD123:{each.about}:456"} if each.role == "provider" else {}
            )
    config = folder / "kit.properties"
    config.write_text("".join(f"{name}={told}\n" for name, told in lines.items()))
    command = [
        "java",
        "-cp",
        classpath,
        "org.eclipse.dataspacetck.dsp.suite.DspTckSuite",
        "-config",
        str(config),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    return done.stdout + done.stderr


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
