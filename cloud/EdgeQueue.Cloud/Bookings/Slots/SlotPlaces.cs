using System.Data.Common;
using EdgeQueue.Cloud.Bookings.Offers;

namespace EdgeQueue.Cloud.Bookings.Slots;

/// <summary>What somebody has of a slot: a place of the service and, where it has officers, one of an officer.</summary>
internal sealed record TakenSlot(long Place, string Officer, long OfficerPlace);

/// <summary>Takes slots and gives them back, whoever they are with.</summary>
internal sealed class SlotPlaces(FreeSlots free, OfficerPlaces officers)
{
    /// <param name="officer">'': anybody.</param>
    /// <returns>Null: it is full.</returns>
    public async Task<TakenSlot?> TakeAsync(DbTransaction transaction, OfferedService service, Slot slot, string officer, long until, long now)
    {
        OfficerPlace? with = null;
        if (service.Officers.Count > 0)
        {
            with = await officers.TakeAsync(transaction, service, slot, officer, until, now);
            if (with is null)
            {
                return null;
            }
        }

        int places = await free.PlacesAsync(transaction.Connection!, service, slot.StartsAt, transaction);
        if (await BookingPlaces.TakeAsync(transaction, service, slot.StartsAt, places, until, now) is { } place)
        {
            return new(place, with?.Officer ?? "", with?.Place ?? 0);
        }

        if (with is { } back)
        {
            await OfficerPlaces.SetAsync(transaction, service.BranchId, back.Officer, slot.StartsAt, back.Place, now);
        }

        return null;
    }

    /// <summary>Another officer at the same time; the place of the service stays.</summary>
    public async Task<TakenSlot?> RedirectAsync(DbTransaction transaction, OfferedService service, BookingRow booking, Slot slot, string officer, long now) =>
        await officers.TakeAsync(transaction, service, slot, officer, BookingPlaces.ForEver, now) is { } with ? new(booking.Place, with.Officer, with.Place) : null;

    /// <summary>Changes until when a held place is held.</summary>
    /// <returns>False: the time was over and somebody else has taken it.</returns>
    public async Task<bool> ExtendAsync(DbTransaction transaction, BookingRow held, long until, long now)
    {
        if (held.Officer.Length > 0 && !await officers.ExtendAsync(transaction, held, until, now))
        {
            return false;
        }

        if (await BookingPlaces.ExtendAsync(transaction, held, until))
        {
            return true;
        }

        await FreeOfficerAsync(transaction, held, now);
        return false;
    }

    /// <summary>Gives a booked place back; it appears again then.</summary>
    public static async Task FreeAsync(DbTransaction transaction, BookingRow booking, long until)
    {
        await FreeOfficerAsync(transaction, booking, until);
        await BookingPlaces.SetAsync(transaction, booking, until);
    }

    public static Task FreeOfficerAsync(DbTransaction transaction, BookingRow booking, long until) => booking.Officer.Length == 0
        ? Task.CompletedTask : OfficerPlaces.SetAsync(transaction, booking.Branch, booking.Officer, booking.StartsAt, booking.OfficerPlace, until);
}
