import HTTP
import Synchronization
import Testing

@Suite struct PacingTests {
    @Test("requests come in a burst, and then at the pace of the limit")
    func pace() {
        var bucket = TokenBucket(60, per: .seconds(60), burst: 3)
        let waits = (0..<6).map { _ in bucket.take(now: .seconds(100)) }
        #expect(waits == [.zero, .zero, .zero, .seconds(1), .seconds(2), .seconds(3)])
        // After a rest, the burst is there again, and no more than it.
        let later = (0..<4).map { _ in bucket.take(now: .seconds(500)) }
        #expect(later == [.zero, .zero, .zero, .seconds(1)])
    }

    @Test("no period ever sees more requests than its limit and a burst")
    func limit() {
        var bucket = TokenBucket(10, per: .seconds(1), burst: 4)
        var times: [Duration] = []
        var now = Duration.zero
        for number in 0..<500 {
            now += .milliseconds(number % 7 == 0 ? 900 : 3)
            times.append(now + bucket.take(now: now))
        }
        for (first, time) in times.enumerated() {
            #expect(times[first...].prefix { $0 < time + .seconds(1) }.count <= 14)
        }
        #expect(times == times.sorted())
    }

    @Test("when the server says so, nothing goes before then, and then at the even pace")
    func hold() {
        var bucket = TokenBucket(2, per: .seconds(2))
        bucket.hold(until: .seconds(30))
        #expect(bucket.take(now: .seconds(10)) == .seconds(20))
        #expect(bucket.take(now: .seconds(10)) == .seconds(21))
        bucket.hold(until: .seconds(5))
        #expect(bucket.take(now: .seconds(10)) == .seconds(22))
    }

    @Test(
        "strange limits do no harm",
        arguments: [(0, Duration.seconds(1)), (-5, .seconds(1)), (5, .zero), (5, .seconds(-3))])
    func strange(count: Int, period: Duration) {
        var bucket = TokenBucket(count, per: period, burst: -1)
        #expect(bucket.take(now: .zero) == .zero)
        #expect(bucket.take(now: .zero) >= .zero)
    }

    @Test("a gate lets so many pass at a time, in the order in which they came", arguments: [1, 3])
    func gate(width: Int) async {
        let gate = RequestGate(width)
        let passing = Passing()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    _ = await gate.pass {
                        passing.comes(number)
                        // The first hold the gate until all the others wait.
                        while number < width, !passing.isReleased { await Task.yield() }
                        passing.goes()
                    }
                }
                func hasCome() -> Bool {
                    number < width ? passing.order.count > number : gate.waitingCount > number - width
                }
                while !hasCome() { await Task.yield() }
            }
            passing.release()
        }
        #expect(passing.most == width)
        #expect(passing.order.sorted() == Array(0..<20))
        // Those that pass side by side may overtake each other.
        if width == 1 { #expect(passing.order == Array(0..<20)) }
        #expect(gate.waitingCount == 0)
    }

    @Test("who gives up waiting takes no place away")
    func cancelledWaiter() async {
        let gate = RequestGate(1)
        let (ends, end) = AsyncStream<Void>.makeStream()
        let holder = Task { await gate.pass { for await _ in ends { break } } }
        let waiter = Task {
            while gate.waitingCount == 0, !Task.isCancelled { await Task.yield() }
            return await gate.pass { 1 }
        }
        let second = Task { await gate.pass { 2 } }
        waiter.cancel()
        #expect(await waiter.value == nil)
        end.finish()
        await holder.value
        #expect(await second.value == 2)
        #expect(await gate.pass { 3 } == 3)
    }
}

/// Who passes a gate.
private final class Passing: Sendable {
    private struct State {
        var running = 0
        var most = 0
        var order: [Int] = []
        var isReleased = false
    }

    private let state = Mutex(State())

    var most: Int { state.withLock { $0.most } }
    var order: [Int] { state.withLock { $0.order } }
    var isReleased: Bool { state.withLock { $0.isReleased } }

    func comes(_ number: Int) {
        state.withLock {
            $0.running += 1
            $0.most = max($0.most, $0.running)
            $0.order.append(number)
        }
    }

    func goes() { state.withLock { $0.running -= 1 } }
    func release() { state.withLock { $0.isReleased = true } }
}
