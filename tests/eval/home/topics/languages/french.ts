/** French papers: the family in Lyon, a let studio, recipes and mail. */
import { fact, type Topic } from '../../home-document.ts';

export const french: Topic = {
  genre: 'letters',
  language: 'fr',
  documents: [
    {
      file: 'Lyon/Bail studio rue Pasteur.pdf',
      named: ['bail_studio'],
      date: '2022-09-01',
      title: 'Bail meublé, 18 rue Pasteur',
      body: [
        fact('Le dépôt de garantie s’élève à 1 090 euros, rendus sous un mois.', [
          'cross-language',
          'security payment for the studio in rue Pasteur',
          'en',
        ]),
        fact('Le locataire entretient le chauffe-eau une fois par an.', [
          'language',
          'qui entretient le chauffe-eau du studio',
        ]),
        fact('Toute fête après minuit doit être annoncée aux voisins.', [
          'paraphrase',
          'prévenir l’immeuble quand on danse tard',
        ]),
      ],
    },
    {
      file: 'Lyon/Facture plombier Giraud.pdf',
      date: '2023-01-27',
      title: 'Facture 2023-044',
      body: [
        fact(
          'Remplacement du siphon de l’évier et de deux joints : 142,30 euros.',
          ['language', 'facture remplacement du siphon'],
          ['cross-language', 'what did the plumber charge in January for the sink', 'en'],
        ),
        fact('SIRET 482 771 903 00027, Giraud Frères, Villeurbanne.', ['identifier', '48277190300027']),
      ],
    },
    {
      file: 'Lyon/Gratin dauphinois de Claire.md',
      date: '2020-02-02',
      title: 'Gratin dauphinois',
      tags: ['pommes de terre', 'recette-mamie'],
      about: [fact('recette-mamie', ['tag', 'recette mamie'])],
      body: [
        fact('On ne rince jamais les pommes de terre, l’amidon lie la crème.', [
          'language',
          'pourquoi ne pas rincer les pommes de terre du gratin',
        ]),
        fact('Frotter le plat avec une gousse d’ail coupée en deux.', [
          'cross-language',
          'rub the baking dish with garlic',
          'en',
        ]),
      ],
    },
    {
      file: 'Lyon/Lettre école Bastien.docx',
      date: '2023-09-12',
      title: 'Aux parents de la classe de CM2',
      body: [
        fact(
          'La classe verte aura lieu en Ardèche du 3 au 7 juin.',
          ['date', 'classe verte du 3 au 7 juin'],
          ['language', 'dates de la classe verte en Ardèche'],
        ),
        fact('Madame Perrin cherche deux parents pour accompagner la piscine.', [
          'person',
          'madame Perrin piscine',
        ]),
        fact('Les goûters emballés dans du plastique ne sont plus acceptés.', [
          'paraphrase',
          'quel encas est interdit à Bastien',
        ]),
      ],
    },
    {
      file: 'Lyon/Réunion copropriété.odt',
      date: '2024-04-18',
      title: 'Assemblée des copropriétaires',
      body: [
        fact('Le ravalement de la cour est repoussé à 2026 faute de devis.', [
          'cross-language',
          'when will the courtyard facade be renovated in Lyon',
          'en',
        ]),
        fact('Le digicode passe de 28B41 à 60A13 le premier mai.', ['identifier', '60a13']),
        fact('Un composteur sera installé près du local à vélos.', [
          'typing-error',
          'compostuer local à velos',
        ]),
      ],
    },
    {
      file: 'Lyon/Claire santé.eml',
      date: '2024-03-03',
      mails: [
        {
          from: 'Claire Moreau <claire@moreau.example>',
          to: 'Nora Brandt <nora@brandt.example>',
          subject: 'Des nouvelles',
          sent: '2024-03-03T18:45',
          body: [
            'Chère Nora, ici tout va bien, le printemps arrive.',
            fact('On m’enlève le plâtre jeudi, ensuite dix séances de kiné.', [
              'cross-language',
              'when is Claire’s cast coming off',
              'en',
            ]),
            fact('Bastien a raté son permis à cause d’un rond-point.', [
              'language',
              'pourquoi Bastien a raté son permis',
            ]),
          ],
        },
      ],
    },
    {
      file: 'Lyon/Randonnée Vercors.txt',
      date: '2022-08-18',
      title: 'Randonnée dans le Vercors',
      body: [
        fact('La source du Play était à sec, il faut porter trois litres par personne.', [
          'paraphrase',
          'manque d’eau pendant la marche en montagne',
        ]),
        fact('Refuge de Gresse : réserver auprès d’Odile, 04 76 55 01 28.', ['identifier', '0476550128']),
      ],
    },
    {
      file: 'Lyon/Mutuelle remboursement.html',
      date: '2023-06-28',
      title: 'Votre relevé de remboursements',
      body: [
        fact('Lunettes de Bastien : 210 euros remboursés sur 265.', [
          'language',
          'combien remboursés pour les lunettes de Bastien',
        ]),
        fact('Numéro d’adhérent MG 55-820-117.', ['identifier', 'MG55820117']),
      ],
    },
  ],
};
