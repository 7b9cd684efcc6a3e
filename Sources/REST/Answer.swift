internal import HTTP
internal import Values

/// What a system answered, as expressions see it.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    /// null for an empty body; text where it is no JSON.
    let body: Value
    let url: String

    init(_ response: HTTPResponse) {
        status = response.status
        headers = response.headers
        url = response.url
        if response.body.isEmpty {
            body = .null
        } else {
            body = (try? JSON.parse(response.body)) ?? .text(String(decoding: response.body, as: UTF8.self))
        }
    }

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
