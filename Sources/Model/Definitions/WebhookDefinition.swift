package import CEL

/// How what a system sends of its own accord, a webhook, is known to be the system's own.
package struct WebhookRule: Sendable {
    /// A keyed hash, as HMAC (RFC 2104) makes it.
    package enum Hash: String, Sendable, CaseIterable { case sha1, sha256, sha512 }

    package enum Encoding: String, Sendable, CaseIterable { case hex, base64 }

    /// Gives what the system and the connection share; text, or bytes.
    package var secret: Program
    /// The header that proves it.
    package var header: String
    /// What stands in the header before the proof.
    package var prefix = ""
    /// nil where the header has the secret itself.
    package var hash: Hash?
    package var encoding = Encoding.hex
    /// Gives what was hashed; nil for the body as it came.
    package var signed: Program?
    /// Finds when it was sent; nil where nothing tells.
    package var time: Program?
    /// How ``time`` is spelled; nil for ISO 8601.
    package var format: StampFormat?
    /// How far from now ``time`` may be.
    package var age = Duration.seconds(300)
    /// Finds what an event that is sent again has in common with the first; nil where nothing tells.
    package var delivery: Program?

    package init(secret: Program, header: String) {
        self.secret = secret
        self.header = header
    }
}

/// Which records of a collection the events of a system are about.
package struct WebhookEvents: Sendable {
    /// Whether an event is about records of the collection; nil for all.
    package var condition: Program?
    /// Finds the id of a record, or a list of ids, whatever became of the records.
    package var ids: Program

    package init(condition: Program?, ids: Program) {
        self.condition = condition
        self.ids = ids
    }
}
