import HTTP
import TestServers
import Testing

/// Does something with a transport of its own, and shuts its connections down after it.
func sending<Result: Sendable>(
    _ change: (inout HTTPOptions) -> Void = { _ in },
    _ work: @Sendable (HTTPTransport) async throws -> Result
) async throws -> Result {
    var options = HTTPOptions.unhurried
    change(&options)
    let connections = HTTPConnections()
    do {
        let result = try await work(connections.transport(options))
        await connections.shutdown()
        return result
    } catch {
        await connections.shutdown()
        throw error
    }
}

extension HTTPOptions {
    /// No limit of time is met, however busy the machine is: those that a test is about are set by it.
    static let unhurried: HTTPOptions = {
        var options = HTTPOptions()
        options.connect = .seconds(3600)
        options.read = .seconds(3600)
        options.whole = .seconds(3600)
        options.idle = .seconds(3600)
        return options
    }()
}

/// Why a request has no answer; nil where it has one.
func failure(
    of request: HTTPRequest, _ change: (inout HTTPOptions) -> Void = { _ in }
) async throws -> HTTPFailure? {
    try await sending(change) { http in
        do throws(HTTPFailure) {
            _ = try await http.send(request)
            return nil
        } catch {
            return error
        }
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// An answer with a length.
func answer(_ body: String, status: String = "200 OK", fields: [String] = []) -> String {
    RawServer.answer(body, status: status, fields: fields)
}
