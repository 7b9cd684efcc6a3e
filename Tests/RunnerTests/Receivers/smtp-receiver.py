"""Takes mail on 127.0.0.1 after STARTTLS and a login, and writes down what came.

Arguments: a folder with `cert.pem` and `key.pem`. The port stands in its file `port` once mail is taken; each mail is a line of
JSON in `mails`, with what Python's own parser makes of it. The login is `lockstep` with the password `LOCKSTEP_KEY`.
"""

import asyncio
import email
import email.policy
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder = sys.argv[1]
password = os.environ["LOCKSTEP_KEY"].encode()
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(folder + "/cert.pem", folder + "/key.pem")


def authenticate(server, session, envelope, mechanism, data):
    # One that is not handled is refused by the server.
    return AuthResult(success=data.login == b"lockstep" and data.password == password, handled=False)


class Mails:
    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        line = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None,
            "authenticated": session.authenticated,
            "headers": {name.lower(): str(value) for name, value in mail.items()},
            "body": mail.get_content().replace("\r\n", "\n"),
            "defects": [str(defect) for defect in mail.defects],
        }
        with open(folder + "/mails", "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        return "250 OK"


def protocol():
    return SMTP(
        Mails(), hostname="localhost", tls_context=context, require_starttls=True, authenticator=authenticate,
        auth_required=True,
    )


async def serve():
    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
    with open(folder + "/port.new", "w", encoding="utf-8") as file:
        file.write(str(server.sockets[0].getsockname()[1]))
    os.rename(folder + "/port.new", folder + "/port")
    await server.serve_forever()


asyncio.run(serve())
