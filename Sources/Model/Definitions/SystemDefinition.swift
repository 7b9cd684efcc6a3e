package import CEL
package import Diagnostics
package import Values

/// A system with a REST interface, as its definition describes it: how to ask it, what it answers, and what its collections hold.
package struct SystemDefinition: Sendable {
    /// The name that a connection's `type` has.
    package var name: String
    /// What people call the system.
    package var title: String
    package var summary: String
    package var place: Place
    package var settings: [DefinitionSetting]
    /// Gives the address that requests begin with.
    package var base: Program
    /// What every request carries beside its own.
    package var headers: [NamedProgram]
    /// Ways to be let in; the first whose condition holds counts.
    package var auth: [AuthRule]
    /// The cheap request that tells whether the connection works.
    package var probe: RequestTemplate
    package var errors: [ErrorRule]
    /// Finds the words of an answer that refuses; nil where nothing is known of them.
    package var message: Program?
    package var pacing: DefinitionPacing
    package var lookups: [LookupDefinition]
    package var collections: [CollectionDefinition]
    /// What a collection is that none of these names; nil where there are no others.
    package var other: CollectionDefinition?
    /// How its webhooks are known to be its own; nil where none are taken.
    package var webhook: WebhookRule?

    package init(
        name: String, title: String, summary: String, place: Place, settings: [DefinitionSetting], base: Program,
        headers: [NamedProgram], auth: [AuthRule], probe: RequestTemplate, errors: [ErrorRule], message: Program?,
        pacing: DefinitionPacing, lookups: [LookupDefinition], collections: [CollectionDefinition],
        other: CollectionDefinition?
    ) {
        self.name = name
        self.title = title
        self.summary = summary
        self.place = place
        self.settings = settings
        self.base = base
        self.headers = headers
        self.auth = auth
        self.probe = probe
        self.errors = errors
        self.message = message
        self.pacing = pacing
        self.lookups = lookups
        self.collections = collections
        self.other = other
    }

    /// The collection of a name, or what stands for all that have no definition of their own.
    package func collection(_ name: String) -> CollectionDefinition? {
        collections.first { $0.name.hasSameBytes(as: name) } ?? other
    }

    package func lookup(_ name: String) -> LookupDefinition? { lookups.first { $0.name == name } }
}

/// A setting that a connection or a collection of the system takes.
package struct DefinitionSetting: Sendable {
    package var option: ConnectorOption
    /// What counts where the setting is left out.
    package var fallback: Value?

    package init(_ option: ConnectorOption, fallback: Value? = nil) {
        self.option = option
        self.fallback = fallback
    }
}

/// An expression with the name of what it gives: a header, a parameter of a query.
package struct NamedProgram: Sendable {
    package var name: String
    package var program: Program

    package init(_ name: String, _ program: Program) {
        self.name = name
        self.program = program
    }
}

/// What an answer means that is not what was asked for.
package struct ErrorRule: Sendable {
    package enum Meaning: String, Sendable, CaseIterable {
        /// The record is refused, with the system's words.
        case refused
        /// The credentials are good, and do not reach so far.
        case forbidden
        /// The credentials are not accepted.
        case unauthorised, expired, revoked
        /// The system asks to be asked later.
        case busy
        /// The record is not what it was.
        case moved
        /// There is no such record, or no longer.
        case gone
        /// The system is not there: maintenance.
        case unavailable
        /// It is no error.
        case fine
    }

    package var when: Program
    package var meaning: Meaning
    package var message: Program?
    /// Of ``Meaning/busy``: how many seconds to wait, where the answer says so in no header that is known.
    package var after: Program?

    package init(when: Program, meaning: Meaning, message: Program? = nil, after: Program? = nil) {
        self.when = when
        self.meaning = meaning
        self.message = message
        self.after = after
    }
}

/// How much a system may be asked at a time.
package struct DefinitionPacing: Sendable, Hashable {
    /// The most requests at a time.
    package var concurrent: Int
    /// The most requests in a length of time; nil where none is known.
    package var requests: Int?
    package var per: Duration

    package init(concurrent: Int = 4, requests: Int? = nil, per: Duration = .seconds(60)) {
        self.concurrent = concurrent
        self.requests = requests
        self.per = per
    }
}

/// Names for ids: the statuses, users or projects of a system, so that jobs have the names and requests the ids.
package struct LookupDefinition: Sendable {
    package var name: String
    package var list: ListDefinition
    /// The id, found in an entry.
    package var key: Program
    /// The name, found in an entry.
    package var label: Program

    package init(name: String, list: ListDefinition, key: Program, label: Program) {
        self.name = name
        self.list = list
        self.key = key
        self.label = label
    }
}
