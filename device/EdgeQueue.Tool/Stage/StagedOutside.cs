using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tool.Stage;

/// <summary>
/// What people outside can do at a demonstration: book a time, follow a ticket, take one without paper, write SMS. No message leaves: the cloud shows what
/// would have been sent.
/// </summary>
internal static class StagedOutside
{
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <param name="branchFile">Beside whose folder <c>cloud/offers.json</c> lies, as in the examples.</param>
    /// <param name="folder">The cloud's.</param>
    /// <param name="certificates">The branch's, with its key for phone numbers.</param>
    public static Dictionary<string, string> Settings(LoadedBranch branch, string branchFile, string folder, string certificates)
    {
        string name = branch.Configuration.Branch;
        var settings = new Dictionary<string, string>
        {
            ["EDGEQUEUE_CLOUD_MOBILE__BRANCHES"] = name,
            [$"EDGEQUEUE_CLOUD_JOIN__BRANCHES__{name}__WEB"] = "true",
            ["EDGEQUEUE_CLOUD_SMS__PROVIDER"] = "show",
            // At a demonstration in the evening, too.
            ["EDGEQUEUE_CLOUD_SMS__QUIETHOURS"] = "",
        };
        string offers = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(branchFile))!, "..", "cloud", "offers.json");
        if (!File.Exists(offers) || Offered(offers, name) is not { } document)
        {
            return settings;
        }

        string keys = Path.Combine(folder, "keys");
        Directory.CreateDirectory(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(keys, name + ".key"), Convert.ToHexStringLower(Bookings.PhoneKeyFile.Read(certificates)));
        string own = Path.Combine(folder, "offers.json");
        File.WriteAllText(own, document.ToJsonString());
        settings["EDGEQUEUE_CLOUD_BOOKINGS__OFFERS"] = own;
        settings["EDGEQUEUE_CLOUD_BOOKINGS__PHONEKEYS"] = keys;
        return settings;
    }

    /// <summary>The example's offer of this branch, open at any hour, beside the bookings of the hub's own file; null: there is none.</summary>
    private static JsonObject? Offered(string file, string branch)
    {
        JsonNode? found = JsonNode.Parse(File.ReadAllBytes(file))?["branches"]?.AsArray().FirstOrDefault(b => (string?)b?["branch"] == branch);
        if (found is null)
        {
            return null;
        }

        var offer = found.DeepClone().AsObject();
        offer["revision"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        offer["beside"] = true;
        offer["breaks"] = new JsonArray();
        offer["exceptions"] = new JsonArray();
        offer["hours"] = new JsonObject(Days.Select(d => KeyValuePair.Create<string, JsonNode?>(d, new JsonArray("00:00-24:00"))));
        // Who tries it sits somewhere else.
        offer["checkIn"] = new JsonObject { ["anywhere"] = true };
        foreach (JsonNode? officer in offer["officers"]?.AsArray() ?? [])
        {
            officer!.AsObject().Remove("hours");
            officer.AsObject().Remove("breaks");
        }

        foreach (JsonNode? service in offer["services"]!.AsArray())
        {
            service!["noticeMinutes"] = 0;
        }

        return new JsonObject { ["branches"] = new JsonArray(offer) };
    }
}
