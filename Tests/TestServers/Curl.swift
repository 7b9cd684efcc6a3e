import Foundation

/// What a server answered to curl, which stands for everybody else's client.
package struct CurlAnswer: Sendable {
    package let status: Int
    /// Names in lower case.
    package let headers: [String: String]
    package let body: String

    /// The body as JSON; null where it is none.
    package var json: Any {
        (try? JSONSerialization.jsonObject(with: Data(body.utf8), options: .fragmentsAllowed)) ?? NSNull()
    }

    /// A member of the JSON body by its path; numbers as text.
    package func text(_ path: String...) -> String? {
        let found = path.reduce(json as Any?) { ($0 as? [String: Any])?[$1] }
        return found.flatMap { $0 is NSNull ? nil : "\($0)" }
    }
}

package enum Curl {
    /// - Throws: ``ServerFailure`` where no answer came.
    package static func ask(
        _ method: String, _ url: String, headers: [(name: String, value: String)] = [], body: String? = nil,
        caFile: String? = nil
    ) async throws -> CurlAnswer {
        var words = ["curl", "-sS", "--noproxy", "*", "-i", "-g", "--max-time", "60", "-X", method, "-H", "Expect:"]
        for (name, value) in headers { words += ["-H", "\(name): \(value)"] }
        if body != nil { words += ["--data-binary", "@-"] }
        if body != nil, !headers.contains(where: { $0.name == "Content-Type" }) {
            words += ["-H", "Content-Type: application/json"]
        }
        if let caFile { words += ["--cacert", caFile] }
        let asked = words + [url]
        let (status, output) = try await Command.aside { try Command.run(asked, input: body ?? "") }
        guard status == 0 else { throw ServerFailure("curl ended with \(status): \(output)") }
        return try answer(output)
    }

    private static func answer(_ output: String) throws -> CurlAnswer {
        guard let end = output.range(of: "\r\n\r\n") else { throw ServerFailure("no answer of HTTP: \(output)") }
        let lines = output[..<end.lowerBound].components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else { throw ServerFailure("no status: \(lines[0])") }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
        }
        return CurlAnswer(status: status, headers: headers, body: String(output[end.upperBound...]))
    }
}
