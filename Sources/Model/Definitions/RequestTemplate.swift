package import CEL
package import Diagnostics

/// A request with holes: expressions that are evaluated each time it is made.
package struct RequestTemplate: Sendable {
    package enum Part: Sendable {
        case text(String)
        /// A value within the path, or within the query that the text of the request has: percent-encoded.
        case path(Program), query(Program)
        /// The start of an address, taken as it is.
        case address(Program)
    }

    package enum Form: Sendable {
        case json
        /// `application/x-www-form-urlencoded`.
        case form
    }

    package var method: String
    /// The address: from the system's base on where it begins with `/`.
    package var target: [Part]
    /// Parameters beside those that the target has; one whose value is null is left out.
    package var query: [NamedProgram]
    package var headers: [NamedProgram]
    package var body: Program?
    package var form: Form
    /// The file that is the body.
    package var file: FileBody?
    /// Whether nothing counts of it before another request follows.
    package var isPreparation = false
    package var place: Place

    package init(
        method: String, target: [Part], query: [NamedProgram] = [], headers: [NamedProgram] = [], body: Program? = nil,
        form: Form = .json, place: Place
    ) {
        self.method = method
        self.target = target
        self.query = query
        self.headers = headers
        self.body = body
        self.form = form
        self.place = place
    }

    /// Whether asking twice is as good as asking once, whatever the system does (RFC 9110, section 9.2.1).
    package var isSafe: Bool { isPreparation || method == "GET" || method == "HEAD" }
}
