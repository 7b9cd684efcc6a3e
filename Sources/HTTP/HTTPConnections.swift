internal import AsyncHTTPClient
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Owns the connections of a run: a client for each way in which requests are sent, all on one thread. Nothing of it is
/// made before the first request. ``shutdown()`` ends it; after that, requests fail as stopped.
package final class HTTPConnections: Sendable {
    private struct State {
        var group: MultiThreadedEventLoopGroup?
        var clients: [ClientKind: HTTPClient] = [:]
        var isShut = false
    }

    private let state = Mutex(State())
    let exchanges = Exchanges()

    package init() {}

    /// Requests by one connection of a job: at most `options.concurrent` of them run at a time.
    package func transport(_ options: HTTPOptions = HTTPOptions()) -> HTTPTransport {
        let sender = RequestSender(options: options, connections: self, gate: RequestGate(options.concurrent))
        return HTTPTransport { request throws(HTTPFailure) in try await sender.send(request) }
    }

    /// Ends all requests that still run, closes all connections, and comes back once nothing of it is left.
    package func shutdown() async {
        let (clients, group) = close()
        for client in clients { try? await client.shutdown() }
        try? await group?.shutdownGracefully()
    }

    deinit {
        let (clients, group) = close()
        guard group != nil else { return }
        Task {
            for client in clients { try? await client.shutdown() }
            try? await group?.shutdownGracefully()
        }
    }

    /// Where everything runs; nil before the first request and after the end.
    var group: (any EventLoopGroup)? { state.withLock { $0.group } }

    /// Whether there is a thread.
    package var isRunning: Bool { group != nil }

    func client(_ kind: ClientKind) throws(HTTPFailure) -> HTTPClient {
        try state.withLock { state throws(HTTPFailure) in
            if let known = state.clients[kind] { return known }
            guard !state.isShut else { throw .stopped(sent: false) }
            let configuration = try kind.configuration(exchanges)
            let group = state.group ?? MultiThreadedEventLoopGroup(numberOfThreads: 1)
            let client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
            state.group = group
            state.clients[kind] = client
            return client
        }
    }

    private func close() -> ([HTTPClient], MultiThreadedEventLoopGroup?) {
        state.withLock { state in
            defer {
                state.clients = [:]
                state.group = nil
            }
            state.isShut = true
            return (Array(state.clients.values), state.group)
        }
    }
}
