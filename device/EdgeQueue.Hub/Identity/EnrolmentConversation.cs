using System.Buffers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Identity;

/// <summary>One device's conversation, from its hello to its certificate. The order of the lines is what makes the code safe: see Core/Contracts/Identity.</summary>
/// <param name="ofBranch">Hubs ask here, each for its branch, and no devices.</param>
internal sealed class EnrolmentConversation(BranchAuthority authority, WaitingDevices waiting, string address, bool ofBranch, ILogger log, TimeProvider time)
{
    /// <summary>For each line of the device.</summary>
    private static readonly TimeSpan LinePatience = TimeSpan.FromSeconds(10);

    /// <summary>A device that waits hears this often that it still does, or else its cable is out.</summary>
    private static readonly TimeSpan StillWaiting = TimeSpan.FromSeconds(15);

    /// <returns>Null: all was said; else why it ended, for the log.</returns>
    public async Task<string?> RunAsync(Stream stream, CancellationToken cancellation)
    {
        if (waiting.MayAsk(address) is { } busy)
        {
            await WriteAsync(stream, new ClaimOffer(1, "", "", "", busy), cancellation);
            return busy.Sentence;
        }

        var lines = new LineReader(stream);
        if (await lines.ReadAsync(LinePatience, cancellation) is not { } hello || !HelloReader.TryRead(hello, ofBranch, out ClaimHello? device)
            || await lines.ReadAsync(LinePatience, cancellation) is not { } second
            || !IdentityJson.TryRead(second, out ClaimCommitment? commitment, out _))
        {
            return "it did not say who it is";
        }

        byte[] authorityBytes = authority.Certificate.RawData;
        byte[] hubNonce = RandomNumberGenerator.GetBytes(ClaimCode.NonceLength);
        await WriteAsync(stream, new ClaimOffer(1, authority.BranchName, authority.Certificate.ExportCertificatePem(), Convert.ToBase64String(hubNonce)), cancellation);

        if (await lines.ReadAsync(LinePatience, cancellation) is not { } third || !IdentityJson.TryRead(third, out ClaimReveal? reveal, out _)
            || Renewals.Base64(reveal.Nonce) is not { Length: ClaimCode.NonceLength } deviceNonce || Renewals.Base64(reveal.Proof) is not { } proof)
        {
            return "it did not keep to the order";
        }

        byte[] transcript = ClaimCode.Transcript(hello, authorityBytes, hubNonce, deviceNonce);
        PublicKey key = BranchCertificates.ReadKey(Convert.FromBase64String(device.PublicKey))!;
        if (Renewals.Base64(commitment.Commitment) is not { } committed
            || !CryptographicOperations.FixedTimeEquals(committed, ClaimCode.Commit(hello, deviceNonce))
            || !Renewals.Proves(key, ClaimCode.DeviceProof(transcript), proof))
        {
            return "its nonce is not the one that it committed to, or its key is not its own: somebody may stand between";
        }

        var claimed = new WaitingDevice(device, transcript, address, time.GetTimestamp());
        if (waiting.Add(claimed) is { } full)
        {
            await AnswerAsync(stream, claimed, new ClaimAnswer(1, "", "", "", 0, "", [], full), cancellation);
            return full.Sentence;
        }

        if (device.Branch is { } branch)
        {
            IdentityLog.AsksForBranch(log, branch, address);
        }
        else
        {
            IdentityLog.Asks(log, device.Model, address);
        }

        try
        {
            return await WaitAsync(stream, claimed, cancellation);
        }
        finally
        {
            waiting.Remove(claimed);
        }
    }

    private async Task<string?> WaitAsync(Stream stream, WaitingDevice device, CancellationToken cancellation)
    {
        while (!device.Outcome.Task.IsCompleted)
        {
            // An empty line: that it arrives shows both sides that the other is there. Looking at the table lets codes expire.
            await stream.WriteAsync("\n"u8.ToArray(), cancellation);
            await Task.WhenAny(device.Outcome.Task, Task.Delay(StillWaiting, time, cancellation));
            cancellation.ThrowIfCancellationRequested();
            waiting.All();
        }

        ClaimAnswer answer = await device.Outcome.Task;
        await AnswerAsync(stream, device, answer, cancellation);
        return answer.Refusal?.Sentence;
    }

    private async Task AnswerAsync(Stream stream, WaitingDevice device, ClaimAnswer answer, CancellationToken cancellation)
    {
        byte[] bytes = IdentityJson.Write(answer);
        await stream.WriteAsync(bytes.Append((byte)'\n').ToArray(), cancellation);
        await WriteAsync(stream, new ClaimSignature(Convert.ToBase64String(authority.Sign(ClaimCode.HubProof(device.Transcript, bytes)))), cancellation);
    }

    private static async Task WriteAsync<T>(Stream stream, T message, CancellationToken cancellation)
    {
        var bytes = new ArrayBufferWriter<byte>();
        bytes.Write(IdentityJson.Write(message));
        bytes.Write("\n"u8);
        await stream.WriteAsync(bytes.WrittenMemory, cancellation);
        await stream.FlushAsync(cancellation);
    }
}
