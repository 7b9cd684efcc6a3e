internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import Values

/// Sends the requests of one connection of a job.
struct RequestSender: Sendable {
    let options: HTTPOptions
    let connections: HTTPConnections
    let gate: RequestGate

    /// How often a request is sent again where a kept connection turns out to be closed. A server that restarts closes
    /// all of them at once.
    private let mostRepeats = 3

    func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        let journey = try Journey(request, options)
        let outcome = await gate.pass { () async -> Result<HTTPResponse, HTTPFailure> in
            do throws(HTTPFailure) {
                return .success(try await sendRepeatedly(journey))
            } catch {
                return .failure(error)
            }
        }
        guard let outcome else { throw .stopped(sent: false) }
        return try outcome.get()
    }

    private func sendRepeatedly(_ journey: Journey) async throws(HTTPFailure) -> HTTPResponse {
        let client = try connections.client(ClientKind(options: options, tunnel: journey.tunnel))
        let deadline = NIODeadline.now() + TimeAmount(options.whole)
        var repeats = 0
        while true {
            let exchange = Exchange(target: journey.target)
            do {
                return try await sendOnce(journey, exchange, client, deadline)
            } catch {
                let progress = exchange.progress
                let failure = FailureReading(journey: journey, options: options, progress: progress).failure(error)
                guard case .lost = failure, !Task.isCancelled, repeats < mostRepeats,
                    journey.mayRepeat(after: progress)
                else { throw await refined(failure, journey) }
                repeats += 1
            }
        }
    }

    /// Says more exactly what is wrong with a certificate, where the server can be asked straight.
    private func refined(_ failure: HTTPFailure, _ journey: Journey) async -> HTTPFailure {
        guard case .tls(let host, let fault) = failure, fault.isOfCertificate, journey.proxy == nil,
            let group = connections.group, let tls = try? ClientKind(options: options, tunnel: nil).tls()
        else { return failure }
        let probe = CertificateProbe(group: group, url: journey.url, tls: tls, limit: options.connect)
        return .tls(host: host, await probe.refined(fault))
    }

    private func sendOnce(
        _ journey: Journey, _ exchange: Exchange, _ client: HTTPClient, _ deadline: NIODeadline
    ) async throws -> HTTPResponse {
        let number = connections.exchanges.begin(exchange)
        defer { connections.exchanges.end(number) }
        let collector = AnswerCollector(
            limit: options.maximumBody, hasBody: journey.request.method != "HEAD", sink: journey.request.sink)
        let task = client.execute(
            request: try journey.clientRequest(number), delegate: collector, deadline: deadline)
        var response = try await withTaskCancellationHandler {
            try await task.get()
        } onCancel: {
            task.cancel()
        }
        response.url = journey.url.text
        if let proxy = journey.proxy, response.status == 407 {
            throw HTTPFailure.proxy(address: proxy.name, .credentials)
        }
        return response
    }
}
