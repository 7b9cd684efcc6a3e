internal import HTTP
internal import Model
internal import Values

/// What a system answered, as expressions see it.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    /// null for an empty body; text where it is no JSON.
    let body: Value
    let url: String
    /// Whether the body is JSON, or the status says that there is none (RFC 9110, section 15.3.5).
    let isWhole: Bool

    init(_ response: HTTPResponse) {
        status = response.status
        headers = response.headers
        url = response.url
        let parsed = response.body.isEmpty ? nil : try? JSON.parse(response.body)
        isWhole = parsed != nil || response.body.isEmpty && status == 204
        body = parsed ?? (response.body.isEmpty ? .null : .text(String(decoding: response.body, as: UTF8.self)))
    }

    /// To be asked before what the body lacks is taken for something that there is not: one that was cut short on its way, or is another's
    /// page, lacks everything.
    func expectWhole() throws(AskFailure) {
        if isFine, !isWhole { throw Self.cutShort }
    }

    static let cutShort = AskFailure.unreachable("its answer is no JSON, or was cut short", .noAnswer, arrived: false)

    /// Whether it is what was asked for, unless a rule of the definition says otherwise.
    var isFine: Bool { (200..<300).contains(status) }

    /// The names that expressions have for it: headers by their names in small letters.
    var names: [(String, Value)] {
        var fields = Object()
        for field in headers.fields {
            let name = field.name.lowercased()
            if fields[name] == nil { fields[name] = .text(field.value) }
        }
        return [("status", .int(Int64(status))), ("headers", .object(fields)), ("body", body)]
    }
}
