// The keys of the definition of a system: `connectors/NAME.yaml`.

extension KeyTable {
    static let definition = KeyTable(
        "a connector",
        [
            Key("connector", .name, isRequired: true, "The name that a connection's 'type' has, which is the file's."),
            Key("title", .text, "What people call the system; the name if left out."),
            Key("description", .text, isRequired: true, "One line: which system, which versions."),
            Key(
                "settings", .named(noun: "setting", .mapping(.definitionSetting)), isRequired: true,
                "What a connection of this type takes."),
            Key("base", .text, "Gives the address that requests begin with; settings.url if left out."),
            Key("headers", .table(.text), "Headers of every request, each an expression."),
            Key("auth", .listOrOne(.mapping(.auth)), "How to be let in; of several, the first whose 'when' holds."),
            Key(
                "probe", .either([.written(.request), .mapping(.probe)]), isRequired: true,
                "The cheapest request that needs the credentials."),
            Key("message", .text, "Finds the system's words in an answer that refuses."),
            Key("errors", .list(.mapping(.errorRule)), "What answers mean that are not what was asked for."),
            Key("limits", .mapping(.pacing), "How much the system may be asked."),
            Key("lookups", .named(noun: "look-up", .mapping(.lookup)), "Names for ids, such as statuses."),
            Key("collections", .table(.mapping(.collectionDefinition)), "The collections, by name."),
            Key("other", .mapping(.collectionDefinition), "What any other collection is: its name is 'collection'."),
            Key(
                "webhook", .mapping(.systemWebhook),
                "How what the system sends of its own accord is known to be its own."),
        ])

    static let probe = KeyTable("'probe'", RequestPart.keys)

    static let definitionSetting = KeyTable(
        "a setting",
        [
            Key("type", .choice(.settingTypes), isRequired: true, "What it takes."),
            Key("required", .bool, "Whether it must be there; false if left out."),
            Key("description", .text, "One line for people."),
            Key("default", .single, "What counts where it is left out."),
            Key("choices", .list(.single), "The words that it takes."),
        ])

    static let auth = KeyTable(
        "a way to be let in",
        [
            Key("when", .text, "When it counts; always if left out."),
            Key("basic", .mapping(.basic), "A user and a password (RFC 7617)."),
            Key("bearer", .text, "The token of 'Authorization: Bearer' (RFC 6750)."),
            Key("header", .text, "A header that 'value' goes into."),
            Key("value", .text, "What the header of 'header' has."),
            Key("headers", .table(.text), "Headers, each an expression; with 'request', they may have 'token'."),
            Key("query", .table(.text), "Parameters of every request, each an expression."),
            Key("oauth", .mapping(.oauth), "OAuth 2: client credentials, or a refresh token."),
            Key("login", .mapping(.login), "A request that gives a token."),
        ])

    static let basic = KeyTable(
        "'basic'",
        [
            Key("user", .text, isRequired: true, "Gives the user."),
            Key("password", .text, isRequired: true, "Gives the password."),
        ])

    static let oauth = KeyTable(
        "'oauth'",
        [
            Key("token_url", .text, isRequired: true, "Gives the address that tokens come from."),
            Key("client_id", .text, isRequired: true, "Gives the client's id."),
            Key("client_secret", .text, "Gives the client's secret."),
            Key("scope", .text, "Gives the scopes."),
            Key("refresh_token", .text, "Gives the first refresh token; without it, client credentials are used."),
            Key("parameters", .table(.text), "Further parameters of the request."),
        ])

    static let login = KeyTable(
        "'login'",
        [
            Key("request", .written(.request), isRequired: true, "The request."),
            Key("query", .table(.text), "Parameters, each an expression."),
            Key("headers", .table(.text), "Headers of the request, each an expression."),
            Key("body", .text, "Gives its body."),
            Key("form", .text, "Gives its body, sent as a form."),
            Key("token", .text, isRequired: true, "Finds the token in the answer."),
            Key("expires", .text, "Finds how many seconds it is good for."),
            Key("carried", .table(.text), "Headers that carry 'token'; 'Authorization: Bearer' if left out."),
        ])

    static let errorRule = KeyTable(
        "an error",
        [
            Key("when", .text, isRequired: true, "Which answers."),
            Key("means", .choice(.meanings), isRequired: true, "What they mean."),
            Key("message", .text, "Finds the system's words."),
            Key("after", .text, "Finds how many seconds to wait."),
        ])

    static let pacing = KeyTable(
        "'limits'",
        [
            Key("concurrent", .whole(1...64), "The most requests at a time; 4 if left out."),
            Key("requests", .whole(1...1_000_000), "The most requests in 'per'."),
            Key("per", .written(.interval), "The length of time; 1m if left out."),
        ])

    static let lookup = KeyTable(
        "a look-up",
        ListPart.keys + [
            Key("key", .text, isRequired: true, "Finds the id in an entry."),
            Key("name", .text, isRequired: true, "Finds the name in an entry."),
        ])

    static let collectionDefinition = KeyTable(
        "a collection",
        [
            Key("description", .text, "One line for people."),
            Key("id", .listOrOne(.text), "The field, or fields, that name a record; 'id' if left out."),
            Key("updated", .text, "The field that says when a record was last changed."),
            Key("fields", .table(.mapping(.definitionField)), isRequired: true, "The fields, by name."),
            Key("open", .bool, "Whether jobs may name further fields, as the system has them; false if left out."),
            Key("parent", .mapping(.parent), "The collection whose records these belong to."),
            Key("list", .mapping(.listDefinition), "How it is read."),
            Key("get", .mapping(.get), "How one record is read."),
            Key("create", .mapping(.create), "How a record is made."),
            Key("update", .mapping(.update), "How a record is changed."),
            Key("delete", .mapping(.delete), "How a record is removed."),
            Key("version", .text, "Finds what guards a record, in the answer of 'get'."),
            Key("webhook", .mapping(.webhookEvents), "Which records webhooks are about."),
        ])

    static let parent = KeyTable(
        "'parent'",
        [
            Key("collection", .text, isRequired: true, "The collection."),
            Key("field", .text, isRequired: true, "The field here that has the parent's id."),
            Key("records", .text, "Finds these records in the parent's own entry, where it has them."),
        ])

    static let definitionField = KeyTable(
        "a field",
        [
            Key("type", .choice(.fieldTypes), isRequired: true, "What it holds."),
            Key("required", .bool, "Whether a new record must have it."),
            Key("read_only", .bool, "Whether only the system sets it."),
            Key("create_only", .bool, "Whether it is set when a record is made, and never later."),
            Key("max", .whole(1...100_000_000), "How many characters it may have."),
            Key("choices", .list(.single), "What it may hold."),
            Key("lookup", .text, "The look-up whose names stand for its ids."),
            Key("format", .text, "How a date or instant is written: '%Y-%m-%d', 'epoch', 'epoch_ms'."),
            Key("markup", .choice(.markups), "How text is carried that has marks in it."),
            Key("read", .text, "Finds the value in what the system gives."),
            Key("write", .text, "The field that is set, such as 'status.id'; its own name if left out."),
            Key("wire", .text, "Makes of 'value' what is put there."),
            Key("set", .mapping(.set), "The request that sets it, where 'update' does not."),
            Key("download", .written(.request), "Of a file: the request that gives its bytes."),
            Key("size", .text, "Of a file: finds how many bytes it has."),
            Key("hash", .text, "Of a file: finds its SHA-256; if left out, each file is fetched once to be known."),
            Key("name", .text, "Of a file: finds what people call it."),
        ])

    static let fileBody = KeyTable(
        "'file'",
        [
            Key("content", .text, isRequired: true, "Gives what the field of the file holds."),
            Key("type", .text, "Gives its media type; application/octet-stream if left out."),
            Key("part", .text, "The part that it is of a body of several; all of the body if left out."),
            Key("name", .text, "Gives its name in its part."),
        ])

    static let upload = KeyTable("'upload'", RequestPart.keys + [FilePart.key])

    static let set = KeyTable(
        "'set'",
        RequestPart.keys + [
            Key("choices", .mapping(.choicesList), "What may be chosen now."),
            Key("choose", .text, "Whether an entry is the one for 'value'."),
        ])

    static let choicesList = KeyTable("'choices'", ListPart.keys)

    static let listDefinition = KeyTable(
        "'list'",
        ListPart.keys + [
            Key("deleted", .text, "Whether an entry says that its record is gone."),
            Key("since", .mapping(.since), "How only what changed is asked for."),
        ])

    static let page = KeyTable(
        "'page'",
        [
            Key("offset", .text, "The parameter that says how many entries to pass over."),
            Key("number", .text, "The parameter that says which page."),
            Key("first", .whole(0...1), "The number of the first page; 1 if left out."),
            Key("token", .text, "The parameter that carries what 'next' found."),
            Key("next", .text, "Finds what the next request carries as 'page', or null."),
            Key("url", .text, "Finds the address of the next page, or null."),
            Key("link", .choice([Choice("next", "the header Link")]), "The header 'Link' has the next page."),
            Key("pages", .text, "Finds how many pages there are."),
            Key("more", .text, "Whether another page follows."),
            Key("limit", .mapping(.pageLimit), "How many entries a page has."),
        ])

    static let pageLimit = KeyTable(
        "'limit'",
        [
            Key("name", .text, "The parameter that asks for it."),
            Key("max", .whole(1...100_000), isRequired: true, "The most that the system gives."),
            Key("exact", .bool, "Whether a page with fewer is certain to be the last; false if left out."),
        ])

    static let since = KeyTable(
        "'since'",
        RequestPart.optionalKeys + [
            Key("format", .text, "How the instant is written: '%Y-%m-%d', 'epoch', 'epoch_ms'; ISO 8601 if left out."),
            Key("grain", .written(.interval), "The smallest step of the system's instants; 1s if left out."),
            Key("lag", .written(.interval), "How late a change may be found; 0s if left out."),
            Key("next", .text, "Finds the cursor itself, where it is no instant."),
            Key("from", .choice(.cursorAnswers), "Which answer has it; the last if left out."),
            Key("ids", .text, "Finds the ids of what changed, where answers have no records; 'get' reads each."),
            Key("expired", .text, "Whether the system no longer knows the cursor."),
        ])

    static let get = KeyTable(
        "'get'",
        RequestPart.keys + [
            Key("record", .text, isRequired: true, "Finds the record in the answer."),
            Key("gone", .text, "Whether there is no such record; status 404 or 410 if left out."),
            Key("then", .written(.request), "What is asked afterwards, in whose answer 'gone' is found too."),
        ])

    static let create = KeyTable(
        "'create'",
        RequestPart.keys + WritePart.keys + [
            Key("id", .text, "Finds the new id in the answer."),
            Key("once", .bool, "Whether the same 'key' makes no second record; false if left out."),
            Key("find", .mapping(.get), "Looks for what an earlier create under the same 'key' made."),
            Key("exists", .text, "Whether an answer says that the record is there already."),
            Key(
                "upload", .mapping(.upload), "Brings the file first; the body of its answer is 'upload' in the request."
            ),
            FilePart.key,
        ])

    static let update = KeyTable(
        "'update'",
        RequestPart.keys + WritePart.keys + [
            Key("whole", .bool, "Whether the request needs all fields, also those that did not change.")
        ])

    static let delete = KeyTable(
        "'delete'",
        RequestPart.keys + [
            Key("gone", .text, "Whether there was no such record; status 404 or 410 if left out.")
        ])
}

/// The keys of whatever makes a request.
enum RequestPart {
    static let keys =
        [
            Key("request", .written(.request), isRequired: true, "The request, such as 'GET /issues/{id}.json'.")
        ] + others

    static let optionalKeys =
        [
            Key("request", .written(.request), "The request; that of the list if left out.")
        ] + others

    private static let others = [
        Key("query", .table(.text), "Parameters, each an expression; null leaves one out."),
        Key("headers", .table(.text), "Headers, each an expression."),
        Key("body", .text, "Gives the body, sent as JSON."),
        Key("form", .text, "Gives the body, sent as a form."),
    ]
}

/// The key of a request that brings a file.
enum FilePart {
    static let key = Key("file", .mapping(.fileBody), "The file that is the body.")
}

/// The keys of whatever reads a list.
enum ListPart {
    static let keys =
        RequestPart.keys + [
            Key("page", .mapping(.page), "How pages follow each other; the first has all if left out."),
            Key("records", .text, isRequired: true, "Finds the entries in an answer."),
            Key("where", .text, "Which entries count."),
            Key("total", .text, "Finds how many entries there are in all."),
        ]
}

/// The keys of what finds a record after it was written.
enum WritePart {
    static let keys = [
        Key("record", .text, "Finds the record in the answer; it is read again if left out."),
        Key("fixed", .table(.text), "Values that go into every record, by where they are put."),
        Key("then", .written(.request), "What is asked afterwards, in whose answer 'record' or 'id' are found."),
    ]
}

extension [Choice] {
    static let settingTypes = [
        Choice("text", "text"), Choice("secret", "a secret, taken from a variable or a file"), Choice("url", "a URL"),
        Choice("path", "a path"), Choice("bool", "true or false"), Choice("int", "a whole number"),
        Choice("names", "a name, or a list of names"),
    ]
    static let fieldTypes =
        types + [
            Choice("list", "a list"), Choice("object", "fields of its own"), Choice("any", "anything"),
            Choice("file", "a file: in records 'sha256:' and the digest of its bytes"),
        ]
    static let markups = [
        Choice("html", "HTML"), Choice("adf", "the Atlassian document format"),
    ]
    static let meanings = [
        Choice("refused", "the record is refused"),
        Choice("forbidden", "the credentials are good, and do not reach so far"),
        Choice("unauthorised", others: ["unauthorized"], "the credentials are not accepted"),
        Choice("expired", "the token has run out"), Choice("revoked", "the token was taken back"),
        Choice("busy", others: ["rate_limit", "limited"], "it is to be asked later"),
        Choice("moved", others: ["conflict"], "the record is not what it was"),
        Choice("gone", others: ["not_found"], "there is no such record"),
        Choice("unavailable", others: ["maintenance"], "the system is not there"),
        Choice("fine", others: ["ok"], "it is no error"),
    ]
    static let cursorAnswers = [Choice("first", "the first answer"), Choice("last", "the last answer")]
}
