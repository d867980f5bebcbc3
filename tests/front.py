"""nginx as deploy/ sets it up, in front of copies on this machine."""

import os
import shutil
import ssl
import subprocess
from collections.abc import Iterable
from http.client import HTTPSConnection
from pathlib import Path
from socket import create_connection, socket

from tests.server import ROOT

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
OPENSSL = shutil.which("openssl")
CERTIFICATE = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]


def free_port() -> int:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Front:
    """A running nginx. Its settings are those of deploy/nginx, with other folders, ports and copies."""

    def __init__(self, folder: Path, copies: Iterable[int], level: str = "emerg") -> None:
        """Start it before copies on these ports, with all that it writes in `folder`. It says what has this level."""
        self.folder = folder
        self.http, self.https = free_port(), free_port()
        self.written = folder / "run"
        self.written.mkdir()
        settings = shutil.copytree(ROOT / "deploy" / "nginx", folder / "nginx")
        text = (settings / "nginx.conf").read_text(encoding="utf-8")
        for there, here in {
            "/run/nginx": str(self.written),
            "/etc/nginx": str(settings),
            "/etc/tls": str(folder),
            "error_log stderr emerg": f"error_log stderr {level}",
            "listen 8080": f"listen 127.0.0.1:{self.http}",
            "listen 8443": f"listen 127.0.0.1:{self.https}",
            "return 308 https://$host$uri": f"return 308 https://$host:{self.https}$uri",
            "    listen [::]:8080;\n": "",
            "    listen [::]:8443 ssl http2;\n": "",
        }.items():
            assert there in text, there
            text = text.replace(there, here)
        (settings / "nginx.conf").write_text(text, encoding="utf-8")
        servers = "".join(f"server 127.0.0.1:{port} max_fails=0;\n" for port in copies)
        (settings / "copies.conf").write_text(servers, encoding="utf-8")
        key, certificate = folder / "privkey.pem", folder / "fullchain.pem"
        made = [*CERTIFICATE, "-subj", "/CN=localhost", "-keyout", str(key), "-out", str(certificate)]
        subprocess.run([str(OPENSSL), *made], check=True, capture_output=True)
        self.command = [str(NGINX), "-e", "stderr", "-c", str(settings / "nginx.conf"), "-g"]
        self.command.append(f"daemon off; {'user root;' * (os.getuid() == 0)}")
        self.process = subprocess.Popen(self.command, stderr=subprocess.PIPE, text=True)

    def problems(self) -> str:
        """Return what nginx finds wrong with its settings."""
        done = subprocess.run([*self.command, "-t"], capture_output=True, text=True, check=False)
        return "" if done.returncode == 0 else done.stderr

    def connection(self) -> HTTPSConnection:
        """Return a connection that accepts the certificate made here. Waits until nginx listens."""
        while self.process.poll() is None:
            try:
                create_connection(("127.0.0.1", self.https), timeout=10).close()
                break
            except ConnectionRefusedError:
                continue
        context = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        context.check_hostname = False
        return HTTPSConnection("127.0.0.1", self.https, timeout=90, context=context)

    def stop(self) -> str:
        """Stop it if it runs, and return all that it has said."""
        self.process.terminate()
        return self.process.communicate(timeout=30)[1]
