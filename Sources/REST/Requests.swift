internal import CEL
internal import HTTP
internal import Model
internal import Values

/// Makes requests of the templates of a definition.
struct Requests: Sendable {
    let definition: SystemDefinition

    /// - Parameters:
    ///   - further: parameters beside those of the template; of a name that stands twice, these count.
    ///   - body: what is sent in place of the template's body.
    func make(
        _ template: RequestTemplate, _ names: Names, further: [NamedProgram] = [], parameters: [(String, String)] = [],
        body: Value? = nil
    ) throws(AskFailure) -> HTTPRequest {
        var url = try address(template, names)
        var query: [(String, String)] = []
        // A form that has no body of its own sends its parameters in it (RFC 6749, section 4.4.2).
        let isForm = template.form == .form && template.body == nil
        for named in template.query + further {
            if let word = try named.program.find(names).word {
                query.removeAll { $0.0 == named.name && !isRepeated(named.name, template.query) }
                query.append((named.name, word))
            }
        }
        query += parameters
        var request = HTTPRequest(template.method, "")
        request.headers.set("Accept", "application/json")
        for named in definition.headers + template.headers {
            if let word = try named.program.find(names).word { request.headers.set(named.name, word) }
        }
        if isForm {
            request.body = FormBody.encode(query.map { (name: $0.0, value: $0.1) })
            request.headers.set("Content-Type", FormBody.mediaType)
        } else {
            url = Self.adding(query, to: url)
            try setBody(of: &request, template, names, body)
        }
        request.url = url
        return request
    }

    private func isRepeated(_ name: String, _ programs: [NamedProgram]) -> Bool {
        programs.lazy.filter { $0.name == name }.count > 1
    }

    private func setBody(
        of request: inout HTTPRequest, _ template: RequestTemplate, _ names: Names, _ given: Value?
    ) throws(AskFailure) {
        let made = given == nil ? try template.body?.find(names) : given
        guard let value = made else { return }
        switch template.form {
        case .json:
            var bytes: [UInt8] = []
            JSONWriter.write(value, to: &bytes)
            request.body = bytes
            if request.headers["Content-Type"] == nil { request.headers.set("Content-Type", "application/json") }
        case .form:
            guard let object = value.object else { throw .broken("a form of the connector is no object") }
            let fields = object.compactMap { name, value in value.word.map { (name: name, value: $0) } }
            request.body = FormBody.encode(fields)
            request.headers.set("Content-Type", FormBody.mediaType)
        }
    }

    private func address(_ template: RequestTemplate, _ names: Names) throws(AskFailure) -> String {
        var address = ""
        if case .text(let first) = template.target.first, first.hasPrefix("/") { address = try base(names) }
        for part in template.target {
            switch part {
            case .text(let text): address += text
            case .address(let program):
                guard let word = try program.find(names).word else {
                    throw .broken("the expression '\(program.source)' of the connector gives no address")
                }
                address += word
            case .path(let program):
                guard let word = try program.find(names).word, !word.isEmpty else {
                    throw .broken("the expression '\(program.source)' of the connector gives nothing for the address")
                }
                guard let segment = PercentCoding.segment(word) else {
                    throw .broken("'\(word)' cannot stand in an address")
                }
                address += segment
            case .query(let program): address += PercentCoding.query(try program.find(names).word ?? "")
            }
        }
        return address
    }

    private func base(_ names: Names) throws(AskFailure) -> String {
        guard var base = try definition.base.find(names).word, !base.isEmpty else {
            throw .broken("the expression '\(definition.base.source)' of the connector gives no address")
        }
        while base.utf8.last == UInt8(ascii: "/") { base.removeLast() }
        return base
    }

    static func adding(_ query: [(String, String)], to url: String) -> String {
        if query.isEmpty { return url }
        let text = query.map { "\(PercentCoding.query($0.0))=\(PercentCoding.query($0.1))" }.joined(separator: "&")
        return url + (url.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + text
    }
}
