import JobFiles

extension Pages {
    /// Mistakes of the definitions of systems, in `jobs/connectors`.
    static let definitions = [
        Page(
            JobFileCode.connectorName,
            """
            A file of 'connectors' defines the connector that it is named after: 'desk.yaml' defines 'desk'. The names of connectors that \
            are a part of Lockstep, such as 'csv', cannot be taken; that of a system that it ships can, and then your file counts.
            """,
            wrong: Example.connector(named: "helpdesk"), right: Example.connector()),
        Page(
            JobFileCode.badRequest,
            """
            A request is a method in capital letters, a blank, and an address that begins with '/' and goes on from the connector's 'base'. \
            Values stand in it as '{EXPRESSION}', and are encoded for the place where they stand.
            """,
            wrong: Example.connector(list: "{request: GET tickets, records: body.tickets}"),
            right: Example.connector(list: "{request: GET /tickets, records: body.tickets}")),
        Page(
            JobFileCode.badPaging,
            """
            A list says in one way how its pages follow each other: 'offset' (how many to pass over), 'number' (which page), 'next' (a token \
            in the answer), 'url' (an address in the answer) or 'link' (the header Link). Without 'page' the first answer has all.
            """,
            wrong: Example.connector(
                list: "{request: GET /t, records: body, page: {offset: start, number: n}}"),
            right: Example.connector(
                list: "{request: GET /t, records: body, page: {offset: start}}")),
        Page(
            JobFileCode.unknownPart,
            """
            A connector names a field, a look-up or a collection that it does not define: the field of 'id' or 'updated', the 'lookup' of a \
            field, the 'parent' of a collection.
            """,
            wrong: Example.connector(keys: "updated: changed"),
            right: Example.connector(keys: "updated: changed_at")),
        Page(
            JobFileCode.missingRequest,
            """
            A collection cannot do what it says with the requests that it has. Every collection is read by 'list'. A record is read again by \
            'get' before it is changed or removed, so that nobody's edit is lost, and after it was made, where the answer has no record.
            """,
            wrong: Example.connector(keys: "update: {request: 'PUT /tickets/{id}', body: changes}"),
            right: Example.connector(
                keys: """
                    get: {request: 'GET /tickets/{id}', record: body}
                    update: {request: 'PUT /tickets/{id}', body: changes}
                    """)),
        Page(
            JobFileCode.secretInRequest,
            """
            A setting of type 'secret' is used outside 'auth'. What 'auth' sends is never shown, logged or stored; the rest of a request may be.
            """,
            wrong: Example.connector(list: "{request: 'GET /t?key={settings.token}', records: body}"),
            right: Example.connector(list: "{request: GET /tickets, records: body.tickets}")),
    ]
}

extension Example {
    /// The definition of a system.
    ///
    /// - Parameter keys: further keys of its collection.
    static func connector(
        named name: String = "desk", list: String = "{request: GET /tickets, records: body.tickets}", keys: String = ""
    ) -> Example {
        let further = keys.split(separator: "\n").map { "    \($0)\n" }.joined()
        return file(
            "jobs/connectors/desk.yaml",
            """
            connector: \(name)
            description: The desk of an example
            settings:
              url: {type: url, required: true}
              token: {type: secret, required: true}
            auth: {bearer: settings.token}
            probe: GET /me
            collections:
              tickets:
                fields:
                  id: {type: int, read_only: true}
                  title: {type: text}
                  changed_at: {type: timestamp, read_only: true}
            \(further)    list: \(list)
            """)
    }
}
