// The keys of what a definition says about webhooks.

extension KeyTable {
    static let systemWebhook = KeyTable(
        "'webhook'",
        [
            Key("secret", .text, isRequired: true, "Gives what the system and the connection share."),
            Key("header", .text, isRequired: true, "The header that proves it."),
            Key("hmac", .choice(.hashes), "The hash that the header has; the secret itself if left out."),
            Key("encoding", .choice(.encodings), "How the hash is written; in hex if left out."),
            Key("prefix", .text, "What stands before it in the header, such as 'sha256='."),
            Key("signed", .text, "Gives what is hashed; the body as it came, 'raw', if left out."),
            Key("time", .text, "Finds when it was sent."),
            Key("format", .text, "How that is written: '%Y-%m-%d', 'epoch', 'epoch_ms'; ISO 8601 if left out."),
            Key("age", .written(.interval), "How far from now it may be; 5m if left out."),
            Key("delivery", .text, "Finds what an event has that is the same when it is sent again."),
        ])

    static let webhookEvents = KeyTable(
        "'webhook' of a collection",
        [
            Key(
                "when", .text,
                "Which events are about records of this collection, as 'list' gives them; all if left out."),
            Key("ids", .text, isRequired: true, "Finds the id, or a list of ids, of what changed, came or went."),
        ])
}

extension [Choice] {
    static let hashes = [
        Choice("sha1", "HMAC-SHA-1"), Choice("sha256", "HMAC-SHA-256"), Choice("sha512", "HMAC-SHA-512"),
    ]
    static let encodings = [Choice("hex", "hexadecimal"), Choice("base64", "Base64")]
}
