using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Core.Queue;
using CounterPhase = EdgeQueue.Core.Contracts.Messages.CounterPhase;

namespace EdgeQueue.Tests.Contracts;

/// <summary>One message of each kind, as it was written once; <c>golden/{Name}.json</c> holds its bytes.</summary>
/// <param name="Topic">Where it is seen, in the branch <c>demo</c>.</param>
/// <param name="Written">The message as EdgeQueue writes it today.</param>
/// <param name="Again">Reads the bytes and writes what was read.</param>
internal sealed record GoldenMessage(string Name, string Topic, byte[] Written, Func<byte[], byte[]> Again)
{
    private const string Journal = "5f0c3a9e7b1d4c2e8a6f9b0d3c5e7f10";
    private const string Serial = "49FF39B0AF1B75EDBAEAE50ABAE0E9C17FAE7538";
    private const string Press = "c9a1f0e27d5b4a38b6c3d2e1f0a99871";

    private static readonly string Bundle = string.Concat(Enumerable.Repeat("a1", 32));

    private static readonly Moment At = new(1_767_258_000_000);
    private static readonly Topics Topics = new("demo");
    private static readonly UnitAddress Tickets = new("dispenser-1", "tickets");
    private static readonly UnitAddress Keypad = new("counter-1", "keypad");
    private static readonly JournalPosition Seen = new(Journal, 4211);

    private static readonly EventBatch Batch = new(
        Journal, 17, 4216, [new("0c1d2e3f405162738495a6b7c8d9eafb", 3000)],
        [EventJson.Write(new VisitRecalled(1042, "c1", 2, At)), EventJson.Write(new VisitArrived(1042, "c1", At))]);

    private static readonly CounterMessage Serving = new(
        1, Journal, 4217, "c1", "1", 88, CounterPhase.Called, "anna", "A042", 1042, "general", 1, At.Milliseconds, null, 6);

    private static readonly TicketResult Ticket = new(
        1042, "A042", "general", null, "nb", 5, new ExpectedWait(12, 20), "2026-01-01T10:00", "edgequeue:demo/A042");

    private static readonly Dictionary<string, string> BranchName = new()
    {
        ["nb"] = "Servicetorget", ["en"] = "The service centre", ["uk"] = "Сервісний центр", ["ar"] = "مركز الخدمة",
    };

    private static readonly Dictionary<string, string> General = new()
    {
        ["nb"] = "Generell hjelp", ["en"] = "General help", ["uk"] = "Загальні питання", ["ar"] = "مساعدة عامة",
    };

    public static IReadOnlyList<GoldenMessage> All { get; } =
    [
        Of("command-issue-ticket", Topics.Command(Tickets), new CommandMessage(1, Press, Seen, new IssueTicket(Press, "general", null, "nb", null, At))),
        Of("command-lease-numbers", Topics.Command(Tickets), new CommandMessage(
            1, Press, Seen, new LeaseNumbers("dispenser-1", "tickets", "7be1", new Dictionary<string, int> { ["general"] = 12 }, At))),
        Of("command-join-offline", Topics.Command(Tickets), new CommandMessage(
            1, Press, Seen, new JoinOffline(Press, "7be1", "general", "priority", "uk", 803, At, 212, false, At))),
        Of("command-report-print", Topics.Command(Tickets), new CommandMessage(1, Press, Seen, new ReportPrint(1042, PrintOutcome.Printed, false, At))),
        Of("command-call-next", Topics.Command(Keypad), new CommandMessage(1, Press, Seen, new CallNext("c1", 87, At))),
        Of("command-open-counter", Topics.Command(Keypad), new CommandMessage(1, Press, Seen, new OpenCounter("c1", "", null, false, At), Pin: "1111")),
        Of("command-check-in", Topics.Command(Tickets), new CommandMessage(
            1, Press, Seen, new CheckIn(Press, CheckInBy.Phone, "5e0b2f6a9c3d4e718a90b1c2d3e4f5061728394a5b6c7d8e9f00112233445566", "nb", At))),
        Of("reply-check-in", Topics.Reply(Tickets), new ReplyMessage(
            1, Press, Journal, 4214, null, Ticket: Ticket with { Visit = 1043, Label = "A043", ExpectedMinutes = null, AppointmentLocal = "2026-01-01T10:15" })),
        Of("reply-check-in-refused", Topics.Reply(Tickets), new ReplyMessage(1, Press, Journal, 4214, Refusal.SeveralBookings)),
        Of("bookings", Topics.Bookings, new BookingsMessage(1, 12, null,
        [
            new Booking("4711", "general", At.Milliseconds + 900_000, "5e0b2f6a9c3d4e718a90b1c2d3e4f5061728394a5b6c7d8e9f00112233445566", BookingToken.HashOf("Zb9xQ2mT7vKc4RfL"), "priority", "nb", "p7", 2, "case-9", "anna"),
            new Booking("4712", "cash", At.Milliseconds + 1_800_000),
        ])),
        Of("bookings-report", Topics.BookingsHeld, new BookingsReport(
            1, Journal, 4219, 12, null, ["4700"], [new BookingFault("4713", "There is no service 'nosuch' in this branch's configuration.")])),
        Of("command-withdraw", Topics.Command(Keypad), new CommandMessage(1, Press, Seen, null, Withdraw: true)),
        Of("reply-ticket", Topics.Reply(Tickets), new ReplyMessage(1, Press, Journal, 4212, null, Ticket: Ticket)),
        Of("reply-lease", Topics.Reply(Tickets), new ReplyMessage(
            1, Press, Journal, 4213, null, Lease: new LeaseResult("7be1", [new LeasedBlock("L31", "general", "A", 3, 800, 849)]))),
        Of("reply-call", Topics.Reply(Keypad), new ReplyMessage(
            1, Press, Journal, 4217, null, Counter: Serving,
            Why: new CallReason("target", 50, 540_000, 600_000, 240_000, false, 7, [new Beaten(1040, "cash", 60, 60_000, 300_000, 120_000)]))),
        Of("reply-refused", Topics.Reply(Keypad), new ReplyMessage(
            1, Press, Journal, 4217, Refusal.NobodyWaiting, Counter: Serving with { Phase = CounterPhase.Idle, Label = null, Visit = null, Service = null, Times = 0, CalledAt = null, Waiting = 0 })),
        Of("counter", Topics.Counter("c1"), Serving),
        Of("board", Topics.Board("hall"), new BoardMessage(1, Journal, 4217, "hall", [new BoardCall("A042", "c1", "1", At.Milliseconds, 1, false)], Precalls: [new BoardPrecall("A044", "front")])),
        Of("board-waits", Topics.Board("hall"), new BoardMessage(
            1, Journal, 4217, "hall", [], [new BoardWait("cash", new Dictionary<string, string> { ["en"] = "Cash desk" }, new ExpectedWait(6, 14))])),
        Of("calls", Topics.Calls("hall"), new CallsMessage(
            1, Journal, 4217, "hall", [new OpenCall(4217, "A042", "c1", "1", "window", At.Milliseconds, 1, ["nb", "en", "uk", "ar"])], null)),
        Of("calls-evacuation", Topics.Calls("hall"), new CallsMessage(
            1, Journal, 4218, "hall", [], new Dictionary<string, string> { ["en"] = "Leave the building calmly by the nearest exit." })),
        Of("dispenser", Topics.Dispenser(Tickets), new DispenserMessage(
            1, Journal, 4212, true, null, BranchName, ["nb", "en", "uk", "ar"],
            [new MenuEntry(1, "general", null, null, General, "A", 3, true, 5)], "edgequeue:{branch}/{label}", [new OpenCopy(At.Milliseconds, Ticket)],
            new CheckInOffer([CheckInBy.Number, CheckInBy.Phone, CheckInBy.Token], "47", ""))),
        Of("node-status", Topics.NodeStatus(Tickets), new NodeStatusMessage(
            1, true, "dispenser", "0.1.0", [new Fault("paperNearEnd", "dispenser-1/tickets: paper is near its end. Have a new roll ready.")],
            Seen, new Dictionary<string, long> { ["printed"] = 1041, ["uncertain"] = 0 }, "1.4.0")),
        Of("node-status-will", Topics.NodeStatus(Tickets), new NodeStatusMessage(1, false, "dispenser", "0.1.0", [], null)),
        new("events", Topics.Events, Batch.Write(), ReadAgain),
        OfLink("ack", Topics.Ack, new AckMessage(1, Journal, 17, 4217)),
        OfLink("config", Topics.Config, new ConfigurationMessage(1, 13, "b4d4d4c4409ccc584cadb9f19c8134c6d1fc4eb55c536be1e490259bca4ddd7b", "H4sIAAAAAAACA6tWKlOyMtRRKkotyyzOzM8Dcox1lJKKEvOSM5SslFJSc/OVagEFW+gKJQAAAA==")),
        OfLink("config-report", Topics.ConfigHeld, new ConfigurationReport(
            1, Journal, 12, "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f", Rejected: new ConfigurationRejection(13, "b4d4d4c4409ccc584cadb9f19c8134c6d1fc4eb55c536be1e490259bca4ddd7b",
            [new ConfigurationFault("$", 1, "Counter 'c3' is not in it, and is serving now. Close it first, or send it when the branch is closed.")]), Number: ConfigurationReport.NumberOf(3, 7))),
        Of("cloud-command", Topics.CloudCommand, new OutsideMessage(1, Press, At.Milliseconds + 10_000, new IssueTicket(Press, "general", null, "nb", "p7", At))),
        Of("cloud-reply", Topics.CloudReply, new ReplyMessage(1, Press, Journal, 4212, null, Ticket: Ticket)),
        OfLink("live", Topics.Live, new LiveMessage(
            1, Journal, 4217, true, 901, At.Milliseconds, At.Milliseconds + 3_600_000, true, 212, "0.1.0", BranchName, 31, 4, At.Milliseconds - 900_000,
            [new LiveService("general", General, 31, At.Milliseconds - 900_000, 600_000, new ExpectedWait(12, 20))],
            [new LiveCounter("c1", "1", CounterPhase.Called, "anna", "A042", null)],
            [new LiveVisit(1043, "A043", "general", 0, new ExpectedWait(1, 3)), new LiveVisit(1042, "A042", "general", null, null, "1"), new LiveVisit(1040, "A040", "general", null, null, Until: 1_767_258_600_000)], 29,
            [new LiveCall(4217, "A042", "1", At.Milliseconds)],
            [new LiveUnit("counter-3/display", "display", "0.1.0", At.Milliseconds - 65_000, "1.4.0")],
            [new Fault("nodeMissing", "counter-3/display has been gone for 65 s. Look at its power and its network cable.")], TimeZone: "Europe/Oslo", Image: "1.4.0")),
        OfUpdate("update-order", Topics.UpdateOrder("counter-1"), new UpdateOrder(1, "17-1", "edgequeue-node", "1.5.0", Bundle, 97_812_480, 8885, false)),
        OfUpdate("update-state", Topics.UpdateState("counter-1"), new UpdateState(1, true, "edgequeue-node", "1.4.0", true, "17-1", UpdatePhase.Downloading, 40)),
        OfUpdate("update-state-failed", Topics.UpdateState("counter-1"), new UpdateState(
            1, true, "edgequeue-node", "1.4.0", true, "17-1", UpdatePhase.Failed, 0, UpdatePhase.Restarting, "it came back with version 1.4.0: 1.5.0 did not become healthy")),
        OfUpdate("update", Topics.Update, new UpdateWish(
            1, 1_793_529_015_000, [new WishedBundle("edgequeue-node", "1.5.0", 97_812_480, Bundle, "https://images.example.org/node-1.5.0.raucb")])),
        OfUpdate("update-report", Topics.UpdateHeld, new UpdateReport(1, 1_793_529_015_000, 12, 3, 1, 0, Waiting: "'counter-4' is at it.")),
        OfIdentity("identity-renew", Topics.IdentityRenew("counter-1"), new RenewalWanted(1, Serial)),
        OfIdentity("identity-request", Topics.IdentityRequest("counter-1"), new RenewalRequest(1, Press, "MFkwEwYHKoZIzj0CAQYI…", "MEUCIQC7x1…")),
        OfIdentity("identity-certificate", Topics.IdentityCertificate("counter-1"), new RenewalAnswer(1, Press, "-----BEGIN CERTIFICATE-----…", null)),
        OfIdentity("identity-certificate-refused", Topics.IdentityCertificate("counter-1"), new RenewalAnswer(
            1, Press, null, new Refusal("notDue", "The certificate of 'counter-1' has more than a third of its life left."))),
        Of("doctor-ask", Topics.DoctorAsk(Tickets), new DoctorAsk(1, Press, true, ["nb", "en"])),
        Of("doctor-findings-began", Topics.DoctorFindings(Tickets), new DoctorAnswer(1, Press, false, [])),
        Of("doctor-findings", Topics.DoctorFindings(Tickets), DoctorAnswer.Of(Press,
        [
            Finding.Well("unit", "dispenser dispenser-1/tickets, version 0.1.0, reports no fault"),
            new Finding("certificate", Health.Soon, "good for 12 more days, until 2026-01-13", "It renews itself in its last third: is the registrar running at the hub?"),
            new Finding("printer", Health.Broken, "/dev/usb/lp0: PaperOut", "Paper, cover, cable: in this order."),
        ])),
        Of("doctor-findings-refused", Topics.DoctorFindings(Tickets), new DoctorAnswer(
            1, Press, true, [], Refusal: new Refusal("busy", "dispenser-1/tickets is being looked at already. Ask again in a minute."))),
        Of("branch-status", Topics.BranchStatus, new BranchStatusMessage(
            1, Journal, 4217, true, 901, At.Milliseconds, At.Milliseconds + 3_600_000, true, 212, 31, "0.1.0",
            [new MissingUnit("counter-3", "display", "display", At.Milliseconds - 65_000)],
            [new Fault("nodeMissing", "counter-3/display has been gone for 65 s. Look at its power and its network cable.")])),
    ];

    private static byte[] ReadAgain(byte[] bytes) => EventBatch.TryRead(bytes, out var batch, out var fault)
        ? batch.Write() : throw new Xunit.Sdk.XunitException($"events cannot be read: {fault}");

    private static GoldenMessage OfLink<T>(string name, string topic, T message)
        where T : class => new(
            name, topic, LinkJson.Write(message),
            bytes => LinkJson.TryRead<T>(bytes, out var read, out var fault)
                ? LinkJson.Write(read)
                : throw new Xunit.Sdk.XunitException($"{name} cannot be read: {fault}"));

    private static GoldenMessage OfUpdate<T>(string name, string topic, T message)
        where T : class => new(
            name, topic, UpdateJson.Write(message),
            bytes => UpdateJson.TryRead<T>(bytes, out var read, out var fault)
                ? UpdateJson.Write(read)
                : throw new Xunit.Sdk.XunitException($"{name} cannot be read: {fault}"));

    private static GoldenMessage OfIdentity<T>(string name, string topic, T message)
        where T : class => new(
            name, topic, IdentityJson.Write(message),
            bytes => IdentityJson.TryRead<T>(bytes, out var read, out var fault)
                ? IdentityJson.Write(read)
                : throw new Xunit.Sdk.XunitException($"{name} cannot be read: {fault}"));

    /// <summary>The file as it must be: the message, and the line feed of a text file.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Written);

    private static GoldenMessage Of<T>(string name, string topic, T message)
        where T : class => new(
            name,
            topic,
            ContractJson.Write(message),
            bytes => ContractJson.TryRead<T>(bytes, out var read, out var fault)
                ? ContractJson.Write(read)
                : throw new Xunit.Sdk.XunitException($"{name} cannot be read: {fault}"));
}
